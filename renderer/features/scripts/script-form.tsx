import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallScript } from '#shared/contract/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { languages } from '../../app/i18n.ts';
import { useCommand } from '../../app/use-command.ts';
import {
  Button,
  Confirm,
  Field,
  IconButton,
  Input,
  Menu,
  Panel,
  Select,
  TextArea,
  toast,
} from '../../components/index.ts';
import { moved } from '../campaigns/moved.ts';
import { ScriptPreview } from './script-preview.tsx';
import styles from './scripts-section.module.css';

/** Names that are filled in, in the order in which they are offered; `fillScript` knows them. */
const placeholders = [
  'agent',
  'firm',
  'debtor',
  'creditor',
  'balance',
  'dueOn',
  'ref',
  'account',
  'amount',
  'date',
] as const;

/** Writes a script in steps, with the words as an agent will read them beside it. */
export function ScriptForm({
  script,
  onClose,
  onChanged,
}: {
  /** null: a new one */
  script: CallScript | null;
  onClose: () => void;
  onChanged: () => void;
}) {
  const { t, i18n } = useTranslation();
  const save = useCommand('script.save');
  const remove = useCommand('script.remove');
  const [name, setName] = useState(script?.name ?? '');
  const [language, setLanguage] = useState(script?.language ?? i18n.language);
  const [debtKind, setDebtKind] = useState(script?.debtKind ?? '');
  const [sections, setSections] = useState<CallScript['sections']>(
    script?.sections ?? [{ title: t('scripts.first-section'), text: '' }],
  );
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const untitled = sections.some((one) => one.title.trim() === '');
  const replace = (index: number, part: Partial<CallScript['sections'][number]>): void =>
    setSections((now) => now.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const known = [...new Set([...languages, language])];
  const submit = async (): Promise<void> => {
    setTried(true);
    if (name.trim() === '' || untitled) return;
    const saved = await save.run({
      ...(script ? { scriptId: script.scriptId } : {}),
      name: name.trim(),
      language,
      debtKind: debtKind.trim() || null,
      sections: sections.map((one) => ({ ...one, title: one.title.trim() })),
    });
    if (saved === null) return;
    toast('done', t('scripts.saved'), saved.name);
    onChanged();
  };
  const drop = async (): Promise<void> => {
    setAsking(false);
    if (script && (await remove.run({ scriptId: script.scriptId })) !== null) onChanged();
  };
  return (
    <Panel title={script?.name ?? t('scripts.add')}>
      <div className={styles.columns}>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <div className={styles.row}>
            <Field
              label={t('scripts.name')}
              error={tried && name.trim() === '' ? t('scripts.gap-name') : null}
            >
              <Input
                maxLength={80}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            </Field>
            <Field label={t('scripts.language')}>
              <Select
                value={language}
                options={known.map((value) => ({
                  value,
                  label: languageLabel(value, i18n.language),
                }))}
                onChange={setLanguage}
              />
            </Field>
            <Field label={t('scripts.debt-kind')} hint={t('scripts.debt-kind-hint')}>
              <Input
                maxLength={40}
                value={debtKind}
                onChange={(event) => setDebtKind(event.currentTarget.value)}
              />
            </Field>
          </div>
          <ol className={styles.sections}>
            {sections.map((section, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a section is its place
              <li key={index} className={styles.section}>
                <div className={styles.sectionHead}>
                  <Field
                    label={t('scripts.section-title', { place: index + 1 })}
                    error={tried && section.title.trim() === '' ? t('scripts.gap-title') : null}
                  >
                    <Input
                      maxLength={80}
                      value={section.title}
                      onChange={(event) => replace(index, { title: event.currentTarget.value })}
                    />
                  </Field>
                  <span className={styles.tools}>
                    <IconButton
                      label={t('strategy.up', { name: section.title })}
                      icon={<ArrowUp size={14} aria-hidden="true" />}
                      disabled={index === 0}
                      onClick={() => setSections((now) => moved(now, index, -1))}
                    />
                    <IconButton
                      label={t('strategy.down', { name: section.title })}
                      icon={<ArrowDown size={14} aria-hidden="true" />}
                      disabled={index === sections.length - 1}
                      onClick={() => setSections((now) => moved(now, index, 1))}
                    />
                    <IconButton
                      label={t('strategy.remove', { name: section.title })}
                      icon={<Trash2 size={14} aria-hidden="true" />}
                      disabled={sections.length === 1}
                      onClick={() => setSections((now) => now.filter((_, at) => at !== index))}
                    />
                  </span>
                </div>
                <SectionText
                  label={t('scripts.section-text', { place: index + 1 })}
                  text={section.text}
                  onChange={(text) => replace(index, { text })}
                />
              </li>
            ))}
          </ol>
          <div>
            <Button
              icon={<Plus size={14} aria-hidden="true" />}
              disabled={sections.length >= 30}
              onClick={() =>
                setSections((now) => [
                  ...now,
                  { title: t('scripts.section', { place: now.length + 1 }), text: '' },
                ])
              }
            >
              {t('scripts.add-section')}
            </Button>
          </div>
          <div className={styles.actions}>
            <Button type="submit" look="primary" disabled={save.busy}>
              {t('common.save')}
            </Button>
            <Button look="quiet" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            {script ? (
              <Button look="quiet" disabled={remove.busy} onClick={() => setAsking(true)}>
                {t('scripts.remove')}
              </Button>
            ) : null}
          </div>
        </form>
        <ScriptPreview script={{ language, sections }} />
      </div>
      <Confirm
        open={asking}
        destructive
        title={t('scripts.remove-question', { name: script?.name ?? '' })}
        text={t('scripts.remove-text')}
        action={t('scripts.remove')}
        onConfirm={() => void drop()}
        onCancel={() => setAsking(false)}
      />
    </Panel>
  );
}

/** The words of a step; a name that is filled in goes to where the cursor is. */
function SectionText({
  label,
  text,
  onChange,
}: {
  label: string;
  text: string;
  onChange: (text: string) => void;
}) {
  const { t } = useTranslation();
  const cursor = useRef<number | null>(null);
  const insert = (name: string): void => {
    const at = cursor.current ?? text.length;
    const words = `{${name}}`;
    cursor.current = at + words.length;
    onChange(text.slice(0, at) + words + text.slice(at));
  };
  return (
    <>
      <Field label={label} hideLabel>
        <TextArea
          rows={4}
          maxLength={5_000}
          value={text}
          onSelect={(event) => {
            cursor.current = event.currentTarget.selectionEnd;
          }}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </Field>
      <div>
        <Menu
          trigger={
            <Button look="quiet" icon={<Plus size={14} aria-hidden="true" />}>
              {t('scripts.fill-in')}
            </Button>
          }
          items={placeholders.map((name) => ({
            id: name,
            label: `{${name}} – ${t(`scripts.placeholder-${name}`)}`,
            onSelect: () => insert(name),
          }))}
        />
      </div>
    </>
  );
}
