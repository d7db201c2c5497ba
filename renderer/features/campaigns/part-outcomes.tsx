import { useTranslation } from 'react-i18next';
import type { DispositionCode } from '#shared/contract/index.ts';
import { toHash } from '../../app/router.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { Switch } from '../../components/index.ts';
import { Kbd } from '../../components/kbd.tsx';
import { dispositionName, nextWords } from '../dispositions/index.ts';
import { Loaded } from '../rules/loaded.tsx';
import styles from './part-outcomes.module.css';
import type { PartProps } from './part-props.ts';

/** Which outcomes an agent can choose in wrap-up, and what each does next. */
export function OutcomesPart({ form, set }: PartProps) {
  const { t } = useTranslation();
  const chosen = form.settings.dispositions;
  const data = useQueryData('disposition.list', {});
  const toggle = (all: readonly DispositionCode[], code: string, on: boolean): void => {
    const next = all
      .map((one) => one.code)
      .filter((one) => (one === code ? on : chosen.includes(one)));
    // none is no choice: every conversation ends with an outcome
    if (next.length > 0) set({ dispositions: next });
  };
  return (
    <FormSection title={t('campaign.outcomes')} text={t('campaign.outcomes-text')}>
      <Loaded data={data} lines={8}>
        {({ dispositions }) => {
          const active = dispositions.filter((one) => one.active || chosen.includes(one.code));
          return (
            <>
              <Switch
                label={t('campaign.outcomes-all')}
                hint={t('campaign.outcomes-all-hint')}
                checked={chosen.length === 0}
                onChange={(all) => set({ dispositions: all ? [] : active.map((one) => one.code) })}
              />
              <ul className={styles.list}>
                {active.map((one) => (
                  <li key={one.code} className={styles.row}>
                    {chosen.length === 0 ? (
                      <span>{dispositionName(one, t)}</span>
                    ) : (
                      <Checkbox
                        label={dispositionName(one, t)}
                        checked={chosen.includes(one.code)}
                        onChange={(on) => toggle(active, one.code, on)}
                      />
                    )}
                    {one.key ? <Kbd binding={one.key} /> : <span />}
                    <span className={styles.next}>{nextWords(one, t)}</span>
                  </li>
                ))}
              </ul>
              <a href={toHash('/settings', { section: 'dispositions' })}>
                {t('campaign.outcomes-edit')}
              </a>
            </>
          );
        }}
      </Loaded>
    </FormSection>
  );
}
