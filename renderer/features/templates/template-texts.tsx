import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import {
  type DocumentLanguage,
  documentLanguage,
  type MessageChannel,
  type MessageText,
  type TemplateBody,
  type TextProblem,
} from '#shared/contract/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { Button, Field, Input, Menu, Tabs } from '../../components/index.ts';
import { BlockEditor } from './block-editor.tsx';
import { ProblemList } from './problem-list.tsx';
import {
  isAbout,
  newBlock,
  newText,
  withBlockAt,
  withMovedBlock,
  withoutBlock,
  withoutText,
  withText,
  writtenLanguages,
} from './template-draft.ts';
import styles from './template-texts.module.css';

const mostBlocks = 60;

/** The text in each language, block by block, with what the rules have against it beside the block it is about. */
export function TemplateTexts({
  channel,
  body,
  language,
  problems,
  checking,
  onLanguage,
  onChange,
}: {
  channel: MessageChannel;
  body: TemplateBody;
  /** the one that is shown */
  language: DocumentLanguage;
  problems: readonly TextProblem[];
  /** the problems are those of a moment ago */
  checking: boolean;
  onLanguage: (language: DocumentLanguage) => void;
  onChange: (part: Partial<TemplateBody>) => void;
}) {
  const { t, i18n } = useTranslation();
  const written = writtenLanguages(body);
  const missing = documentLanguage.options.filter((one) => !written.includes(one));
  const label = (one: DocumentLanguage): string => {
    const count = problems.filter((problem) => problem.language === one && problem.blocks).length;
    const name = languageLabel(one, i18n.language);
    return count > 0 ? t('templates.language-problems', { language: name, count }) : name;
  };
  return (
    <div className={styles.texts}>
      <div className={styles.languages}>
        {missing.length > 0 ? (
          <Menu
            align="end"
            trigger={
              <Button look="quiet" icon={<Plus size={14} aria-hidden="true" />}>
                {t('templates.add-language')}
              </Button>
            }
            items={missing.map((one) => ({
              id: one,
              label: languageLabel(one, i18n.language),
              onSelect: () => {
                onChange(withText(body, one, body.texts[language] ?? newText()));
                onLanguage(one);
              },
            }))}
          />
        ) : null}
        {written.length > 1 ? (
          <Button
            look="quiet"
            icon={<Trash2 size={14} aria-hidden="true" />}
            onClick={() => onChange(withoutText(body, language))}
          >
            {t('templates.remove-language', { language: languageLabel(language, i18n.language) })}
          </Button>
        ) : null}
      </div>
      <Tabs
        label={t('templates.languages')}
        value={language}
        onChange={onLanguage}
        tabs={written.map((one) => ({
          value: one,
          label: label(one),
          content: (
            <OneText
              channel={channel}
              language={one}
              text={body.texts[one] ?? newText()}
              problems={problems.filter((problem) => problem.language === one)}
              checking={checking}
              onChange={(text) => onChange(withText(body, one, text))}
            />
          ),
        }))}
      />
    </div>
  );
}

function OneText({
  channel,
  language,
  text,
  problems,
  checking,
  onChange,
}: {
  channel: MessageChannel;
  language: DocumentLanguage;
  text: MessageText;
  problems: readonly TextProblem[];
  checking: boolean;
  onChange: (text: MessageText) => void;
}) {
  const { t } = useTranslation();
  const general = problems.filter(
    (problem) => !text.blocks.some((block) => isAbout(problem, block)),
  );
  return (
    <div className={styles.text} lang={language}>
      {channel === 'sms' ? null : (
        <Field
          label={t('message.subject')}
          hint={channel === 'mms' ? t('templates.mms-subject') : null}
        >
          <Input
            maxLength={300}
            value={text.subject}
            onChange={(event) => onChange({ ...text, subject: event.currentTarget.value })}
          />
        </Field>
      )}
      <ProblemList problems={general} busy={checking} />
      <ol className={styles.blocks} aria-label={t('templates.blocks')}>
        {text.blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place in the text
          <li key={index}>
            <BlockEditor
              channel={channel}
              block={block}
              place={index + 1}
              first={index === 0}
              last={index === text.blocks.length - 1}
              problems={problems.filter((problem) => isAbout(problem, block))}
              onChange={(next) => onChange(withBlockAt(text, index, next))}
              onMove={(by) => onChange(withMovedBlock(text, index, by))}
              onRemove={() => onChange(withoutBlock(text, index))}
            />
          </li>
        ))}
      </ol>
      <Button
        className={styles.add}
        icon={<Plus size={14} aria-hidden="true" />}
        disabled={text.blocks.length >= mostBlocks}
        onClick={() => onChange({ ...text, blocks: [...text.blocks, newBlock()] })}
      >
        {t('templates.add-block')}
      </Button>
    </div>
  );
}
