import { useTranslation } from 'react-i18next';
import { defaultCampaignSettings, type NumberRules } from '#shared/contract/index.ts';
import { FormSection } from '../../components/form-section.tsx';
import { Field, NumberField, Switch } from '../../components/index.ts';
import styles from './campaign-fields.module.css';
import { DurationField } from './duration-field.tsx';
import { HoursTable } from './hours-table.tsx';
import { Labelled } from './labelled.tsx';
import { OptionalNumber } from './optional-number.tsx';
import type { PartProps } from './part-props.ts';
import { type RetryName, retryNames } from './settings-form.ts';
import { WideSection } from './wide-section.tsx';

/** Which number of a debtor at which hour, and how long to wait after each result. */
export function NumbersPart({ form, set }: PartProps) {
  const { t } = useTranslation();
  const { numbers } = form.settings;
  const setNumbers = (part: Partial<NumberRules>): void =>
    set({ numbers: { ...numbers, ...part } });
  return (
    <>
      <WideSection title={t('number-hours.title')} text={t('number-hours.text')}>
        <HoursTable rows={numbers.hours} onChange={(hours) => setNumbers({ hours })} />
        <Switch
          label={t('number-hours.learn')}
          hint={t('number-hours.learn-hint')}
          checked={numbers.learn}
          onChange={(learn) => setNumbers({ learn })}
        />
      </WideSection>
      <FormSection title={t('campaign.number-limits')} text={t('campaign.number-limits-text')}>
        <OptionalNumber
          label={t('campaign.tries-per-day')}
          hint={t('campaign.tries-per-day-hint')}
          value={numbers.maxTriesPerDay}
          fallback={3}
          min={1}
          max={20}
          onChange={(maxTriesPerDay) => setNumbers({ maxTriesPerDay })}
        />
        <OptionalNumber
          label={t('campaign.retired-after')}
          hint={t('campaign.retired-after-hint')}
          value={numbers.failuresBeforeRetired}
          fallback={8}
          min={1}
          max={50}
          onChange={(failuresBeforeRetired) => setNumbers({ failuresBeforeRetired })}
        />
      </FormSection>
      <FormSection title={t('campaign.retries')} text={t('campaign.retries-text')}>
        <Retries form={form} set={set} />
      </FormSection>
    </>
  );
}

const retryKeys: Record<RetryName, string> = {
  noAnswerMs: 'campaign.retry-no-answer',
  busyMs: 'campaign.retry-busy',
  rejectedMs: 'campaign.retry-rejected',
  machineMs: 'campaign.retry-machine',
  networkFailureMs: 'campaign.retry-network',
};

function Retries({ form, set }: Pick<PartProps, 'form' | 'set'>) {
  const { t } = useTranslation();
  const { retry } = form.settings;
  return (
    <>
      <div className={styles.retries}>
        {retryNames.map((name) => (
          <Labelled key={name} label={t(retryKeys[name])}>
            <DurationField
              label={t(retryKeys[name])}
              valueMs={retry[name]}
              fallbackMs={defaultCampaignSettings.retry[name] ?? 3_600_000}
              units={['minute', 'hour', 'day']}
              neverLabel={t('campaign.retry-never')}
              onChange={(ms) => set({ retry: { ...retry, [name]: ms } })}
            />
          </Labelled>
        ))}
      </div>
      <Field label={t('campaign.max-attempts')} hint={t('campaign.max-attempts-hint')}>
        <NumberField
          value={retry.maxAttemptsPerDebtor}
          min={1}
          max={100}
          onChange={(value) =>
            value !== null && set({ retry: { ...retry, maxAttemptsPerDebtor: value } })
          }
        />
      </Field>
    </>
  );
}
