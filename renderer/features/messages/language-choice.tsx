import { useTranslation } from 'react-i18next';
import { documentLanguage, type MessageChannel } from '#shared/contract/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button } from '../../components/index.ts';
import styles from './language-choice.module.css';
import type { OfferedTemplate } from './message-draft.ts';

/** The languages in which the template is written; nothing to choose where there is one. */
export function LanguageChoice({
  channel,
  template,
  chosen,
  onChoose,
}: {
  channel: MessageChannel;
  template: OfferedTemplate;
  chosen: OfferedTemplate['language'];
  onChoose: (language: OfferedTemplate['language']) => void;
}) {
  const { t, i18n } = useTranslation();
  const listed = useQueryData('template.list', { channel });
  const own = listed.value?.templates.find(({ templateId }) => templateId === template.templateId);
  const written = documentLanguage.options.filter((language) => own?.body.texts[language]);
  if (written.length < 2) return null;
  return (
    <fieldset className={styles.languages} aria-label={t('message.language')}>
      {written.map((language) => (
        <Button
          key={language}
          look="quiet"
          pressed={language === chosen}
          onClick={() => onChoose(language)}
        >
          {languageLabel(language, i18n.language)}
        </Button>
      ))}
    </fieldset>
  );
}
