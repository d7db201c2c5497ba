import { useTranslation } from 'react-i18next';
import { languageLabel } from '../../app/format/names.ts';
import { toHash } from '../../app/router.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { FormSection } from '../../components/form-section.tsx';
import { Field, Select } from '../../components/index.ts';
import { Loaded } from '../rules/loaded.tsx';
import { ScriptPreview } from '../scripts/index.ts';
import type { PartProps } from './part-props.ts';

const byDebt = 'byDebt';

/** What agents read: the one chosen here, or the one that fits the debt and the debtor's language. */
export function ScriptPart({ form, set }: PartProps) {
  const { t, i18n } = useTranslation();
  const data = useQueryData('script.list', {});
  return (
    <FormSection title={t('campaign.script')} text={t('campaign.script-text')}>
      <Loaded data={data} lines={6}>
        {({ scripts }) => {
          const chosen = scripts.find((one) => one.scriptId === form.settings.scriptId);
          return (
            <>
              <Field label={t('campaign.script-choice')}>
                <Select
                  value={form.settings.scriptId ?? byDebt}
                  options={[
                    { value: byDebt, label: t('campaign.script-by-debt') },
                    ...scripts.map((one) => ({
                      value: one.scriptId as string,
                      label: `${one.name} · ${languageLabel(one.language, i18n.language)}`,
                    })),
                  ]}
                  onChange={(value) =>
                    set({ scriptId: value === byDebt ? null : (value as never) })
                  }
                />
              </Field>
              {chosen ? <ScriptPreview script={chosen} /> : null}
              <a href={toHash('/settings', { section: 'scripts' })}>{t('campaign.scripts-edit')}</a>
            </>
          );
        }}
      </Loaded>
    </FormSection>
  );
}
