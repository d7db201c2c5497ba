import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MessageChannel, senderName, type TemplateBody } from '#shared/contract/index.ts';
import { purposes } from '#shared/rule-packs/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Field, Input, Select } from '../../components/index.ts';
import { AttachmentsEditor } from './attachments-editor.tsx';
import { wordList, writtenLanguages } from './template-draft.ts';
import styles from './template-settings.module.css';

/** Whom and what it fits, who it comes from, what goes with it. */
export function TemplateSettings({
  channel,
  body,
  onChange,
}: {
  channel: MessageChannel;
  body: TemplateBody;
  onChange: (part: Partial<TemplateBody>) => void;
}) {
  const { t, i18n } = useTranslation();
  const badSender = body.sender !== null && !senderName.safeParse(body.sender).success;
  const badPlaces = body.places.some((place) => !/^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}$/.test(place));
  return (
    <section className={styles.settings} aria-label={t('templates.use')}>
      <h3 className={styles.title}>{t('templates.use')}</h3>
      {channel === 'sms' ? null : (
        <AttachmentsEditor
          channel={channel}
          attachments={body.attachments}
          onChange={(attachments) => onChange({ attachments })}
        />
      )}
      <div className={styles.row}>
        <Field label={t('templates.default-language')} hint={t('templates.default-language-hint')}>
          <Select
            value={body.defaultLanguage}
            onChange={(defaultLanguage) => onChange({ defaultLanguage })}
            options={writtenLanguages(body).map((value) => ({
              value,
              label: languageLabel(value, i18n.language),
            }))}
          />
        </Field>
        <Field label={t('templates.purpose')}>
          <Select
            value={body.purpose}
            onChange={(purpose) => onChange({ purpose })}
            options={purposes.map((value) => ({ value, label: t(`rule-word.purpose.${value}`) }))}
          />
        </Field>
        {channel === 'email' ? null : (
          <Field
            label={t('templates.sender')}
            hint={t('templates.sender-hint')}
            error={badSender ? t('templates.bad-sender') : null}
          >
            <Input
              maxLength={16}
              value={body.sender ?? ''}
              onChange={(event) => onChange({ sender: event.currentTarget.value || null })}
            />
          </Field>
        )}
      </div>
      <div className={styles.row}>
        <WordsField
          label={t('templates.debt-kinds')}
          hint={t('templates.debt-kinds-hint')}
          words={body.debtKinds}
          onChange={(debtKinds) => onChange({ debtKinds })}
        />
        <WordsField
          label={t('templates.places')}
          hint={t('templates.places-hint')}
          error={badPlaces ? t('templates.bad-places') : null}
          upper
          words={body.places}
          onChange={(places) => onChange({ places })}
        />
      </div>
      <Checkbox
        label={t('templates.first')}
        checked={body.first}
        onChange={(first) => onChange({ first })}
      />
    </section>
  );
}

/** Words with commas between them; what is typed stays as it is while the field has the focus. */
function WordsField({
  label,
  hint,
  error,
  upper = false,
  words,
  onChange,
}: {
  label: string;
  hint: string;
  error?: string | null;
  upper?: boolean;
  words: readonly string[];
  onChange: (words: string[]) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Field label={label} hint={hint} error={error}>
      <Input
        value={typed ?? words.join(', ')}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setTyped(value);
          onChange(wordList(value, upper));
        }}
        onBlur={() => setTyped(null)}
      />
    </Field>
  );
}
