import { useTranslation } from 'react-i18next';
import type { CampaignSettings } from '#shared/contract/index.ts';
import { toHash } from '../../app/router.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { FormSection } from '../../components/form-section.tsx';
import { EmptyState, Field, NumberField, Select } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Loaded } from '../rules/loaded.tsx';
import { DurationField } from './duration-field.tsx';
import { Labelled } from './labelled.tsx';
import type { PartProps } from './part-props.ts';

const none = 'none';

/** Asking networks whether numbers are in service, for this campaign's list. */
export function LookupPart({ form, set }: PartProps) {
  const { t } = useTranslation();
  const { lookup } = form.settings;
  const data = useQueryData('lookup.list-gateways', {});
  const change = (part: Partial<CampaignSettings['lookup']>): void =>
    set({ lookup: { ...lookup, ...part } });
  return (
    <FormSection title={t('campaign.lookup')} text={t('campaign.lookup-text')}>
      <Loaded data={data} lines={3}>
        {({ gateways }) =>
          gateways.length === 0 ? (
            <EmptyState
              title={t('campaign.lookup-none')}
              text={t('campaign.lookup-none-text')}
              action={
                <LinkButton href={toHash('/numbers', { tab: 'lookup' })}>
                  {t('campaign.lookup-open')}
                </LinkButton>
              }
            />
          ) : (
            <Field label={t('campaign.lookup-gateway')} hint={t('campaign.lookup-gateway-hint')}>
              <Select
                value={lookup.gatewayId ?? none}
                options={[
                  { value: none, label: t('campaign.lookup-off') },
                  ...gateways.map((one) => ({
                    value: one.lookupGatewayId as string,
                    label: one.enabled ? one.name : t('lookup.off-named', { name: one.name }),
                  })),
                ]}
                onChange={(value) =>
                  change({ gatewayId: value === none ? null : (value as never) })
                }
              />
            </Field>
          )
        }
      </Loaded>
      {lookup.gatewayId === null ? null : (
        <>
          <Field label={t('campaign.lookup-age')} hint={t('campaign.lookup-age-hint')}>
            <NumberField
              value={lookup.maxAgeDays}
              min={1}
              max={365}
              unit={t('campaign.days-short')}
              onChange={(maxAgeDays) => maxAgeDays !== null && change({ maxAgeDays })}
            />
          </Field>
          <Labelled label={t('campaign.lookup-absent')} hint={t('campaign.lookup-absent-hint')}>
            <DurationField
              label={t('campaign.lookup-absent')}
              valueMs={lookup.absentWaitMs}
              fallbackMs={lookup.absentWaitMs}
              units={['minute', 'hour', 'day']}
              onChange={(absentWaitMs) => absentWaitMs !== null && change({ absentWaitMs })}
            />
          </Labelled>
        </>
      )}
    </FormSection>
  );
}
