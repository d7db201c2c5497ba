import { Phone as PhoneIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CallerIdChoice, PoolNumber } from '#shared/contract/index.ts';
import { formatPhone } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useConnection } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { EmptyState, Field, Select, Switch } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { NumberState, rateText } from '../numbers/index.ts';
import { Loaded } from '../rules/loaded.tsx';
import { OptionalNumber } from './optional-number.tsx';
import styles from './part-caller-ids.module.css';
import type { PartProps } from './part-props.ts';
import { WideSection } from './wide-section.tsx';

/** Which numbers a campaign shows, and how one is chosen for a call. */
export function CallerIdsPart({ form, set }: PartProps) {
  const { t } = useTranslation();
  const { callerIds } = form.settings;
  const mayAdd = useConnection((view) => view.principal?.role === 'admin');
  const data = useQueryData('caller-id.list', {});
  const change = (part: Partial<CallerIdChoice>): void =>
    set({ callerIds: { ...callerIds, ...part } });
  return (
    <>
      <WideSection
        title={t('caller-ids.pool')}
        text={t('caller-ids.pool-text')}
        actions={
          <a className={styles.link} href={toHash('/numbers')}>
            {t('caller-ids.manage')}
          </a>
        }
      >
        <Loaded data={data} lines={5}>
          {({ numbers }) =>
            numbers.length === 0 ? (
              <EmptyState
                icon={<PhoneIcon size={24} aria-hidden="true" />}
                title={t('caller-ids.none')}
                text={t('caller-ids.none-text')}
                action={
                  mayAdd ? (
                    <LinkButton href={toHash('/numbers', { number: 'new' })}>
                      {t('numbers.add')}
                    </LinkButton>
                  ) : null
                }
              />
            ) : (
              <Pool
                numbers={numbers}
                chosen={callerIds.pool}
                onChange={(pool) => change({ pool: pool as CallerIdChoice['pool'] })}
              />
            )
          }
        </Loaded>
        {callerIds.pool.length === 0 ? (
          <p className={styles.faint}>{t('caller-ids.only-own')}</p>
        ) : null}
      </WideSection>
      <FormSection title={t('caller-ids.choice')} text={t('caller-ids.choice-text')}>
        <Field
          label={t('caller-ids.choose')}
          hint={t(
            callerIds.choose === 'best' ? 'caller-ids.best-hint' : 'caller-ids.rotation-hint',
          )}
        >
          <Select
            value={callerIds.choose}
            options={[
              { value: 'best', label: t('caller-ids.best') },
              { value: 'rotation', label: t('caller-ids.rotation') },
            ]}
            onChange={(choose) => change({ choose })}
          />
        </Field>
        <Switch
          label={t('caller-ids.local')}
          hint={t('caller-ids.local-hint')}
          checked={callerIds.localPresence}
          onChange={(localPresence) => change({ localPresence })}
        />
        <Switch
          label={t('caller-ids.change')}
          hint={t('caller-ids.change-hint')}
          checked={callerIds.changeAfterFailure}
          onChange={(changeAfterFailure) => change({ changeAfterFailure })}
        />
        <OptionalNumber
          label={t('caller-ids.cap')}
          hint={t('caller-ids.cap-hint')}
          value={callerIds.maxPerHour}
          fallback={100}
          min={1}
          max={10_000}
          onChange={(maxPerHour) => change({ maxPerHour })}
        />
      </FormSection>
    </>
  );
}

function Pool({
  numbers,
  chosen,
  onChange,
}: {
  numbers: readonly PoolNumber[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const { t, i18n } = useTranslation();
  return (
    <ul className={styles.pool}>
      {numbers.map((one) => (
        <li key={one.callerIdId} className={styles.row}>
          <Checkbox
            label={
              <>
                {formatPhone(one.e164)} <span className={styles.faint}>{one.label}</span>
              </>
            }
            checked={chosen.includes(one.callerIdId)}
            disabled={one.refusedBecause !== null && !chosen.includes(one.callerIdId)}
            onChange={(on) =>
              onChange(
                on
                  ? [...chosen, one.callerIdId]
                  : chosen.filter((callerIdId) => callerIdId !== one.callerIdId),
              )
            }
          />
          <NumberState number={one} />
          <span className={styles.rate}>
            {rateText(one.days30.answerRate, i18n.language)}{' '}
            <span className={styles.faint}>
              {t('caller-ids.of-calls', { count: one.days30.calls })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
