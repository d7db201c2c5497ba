import { useTranslation } from 'react-i18next';
import {
  isLanguage,
  type Language,
  languageNames,
  languages,
  systemLanguage,
} from '../../app/i18n.ts';
import { usePreference } from '../../app/services.ts';
import { shortcutsSheet } from '../../app/shell/shortcuts-sheet.tsx';
import { FieldRow, FormSection } from '../../components/form-section.tsx';
import { Button, Field, Panel, Select, Switch } from '../../components/index.ts';

const themes = ['system', 'light', 'dark'] as const;

/** What a person sets for themselves; it follows them to every window. */
export function OwnSettings() {
  const { t } = useTranslation();
  const [theme, setTheme] = usePreference('theme', 'system');
  const [chosen, setLanguage] = usePreference('language', '');
  const [singleKeys, setSingleKeys] = usePreference('singleKeys', true);
  const language: Language = isLanguage(chosen) ? chosen : systemLanguage();
  return (
    <Panel title={t('settings.own')}>
      <FormSection title={t('settings.appearance')} text={t('settings.appearance-text')}>
        <FieldRow>
          <Field label={t('person.theme')}>
            <Select
              value={theme}
              onChange={setTheme}
              options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
            />
          </Field>
          <Field label={t('person.language')}>
            <Select
              value={language}
              onChange={setLanguage}
              options={languages.map((value) => ({ value, label: languageNames[value] }))}
            />
          </Field>
        </FieldRow>
      </FormSection>
      <FormSection title={t('settings.keyboard')} text={t('settings.keyboard-text')}>
        <Switch
          label={t('person.single-keys')}
          hint={t('settings.single-keys-hint')}
          checked={singleKeys}
          onChange={setSingleKeys}
        />
        <div>
          <Button shortcut="?" onClick={() => shortcutsSheet.setState({ open: true })}>
            {t('person.shortcuts')}
          </Button>
        </div>
      </FormSection>
    </Panel>
  );
}
