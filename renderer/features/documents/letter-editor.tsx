import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { documentLanguage, type LetterTemplate, letterKind } from '#shared/contract/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { useCommand } from '../../app/use-command.ts';
import {
  Button,
  Confirm,
  Field,
  IconButton,
  Input,
  Menu,
  NumberField,
  Panel,
  Select,
  toast,
  When,
} from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { DraftPreview } from './draft-preview.tsx';
import {
  isReady,
  type LetterDraft,
  newPart,
  partKinds,
  sameDraft,
  withMovedPart,
  withoutPart,
  withPartAt,
} from './letter-draft.ts';
import styles from './letter-editor.module.css';
import { PartEditor } from './part-editor.tsx';

/** One letter: its name, its parts in their order, and how it looks for a debtor of one's choice. */
export function LetterEditor({
  template,
  initial,
  onSaved,
  onRemoved,
}: {
  /** null: a new one */
  template: LetterTemplate | null;
  initial: LetterDraft;
  onSaved: (template: LetterTemplate) => void;
  onRemoved: () => void;
}) {
  const { t, i18n } = useTranslation();
  const [draft, setDraft] = useState(initial);
  const [asking, setAsking] = useState(false);
  const save = useCommand('document.save-template');
  const remove = useCommand('document.remove-template');
  const changed = template === null || !sameDraft(draft, initial);
  const ready = isReady(draft);
  const change = (part: Partial<LetterDraft>): void => setDraft({ ...draft, ...part });
  const setBody = (body: LetterDraft['body']): void => change({ body });

  const keep = async (): Promise<void> => {
    const saved = await save.run({
      ...draft,
      ...(template
        ? { letterTemplateId: template.letterTemplateId, version: template.version }
        : {}),
    });
    if (saved === null) return;
    toast('done', t('letters.saved', { name: saved.name }));
    onSaved(saved);
  };
  const drop = async (): Promise<void> => {
    setAsking(false);
    if (template && (await remove.run({ letterTemplateId: template.letterTemplateId }))) {
      onRemoved();
    }
  };

  return (
    <Panel
      title={template?.name ?? t('letters.new')}
      className={styles.panel}
      actions={
        <>
          {template ? (
            <span className={styles.version}>
              {t('letters.version', { version: template.version })} ·{' '}
              {template.updatedBy ? `${template.updatedBy}, ` : ''}
              <When at={template.updatedAt} />
            </span>
          ) : null}
          {template ? (
            <IconButton
              label={t('letters.remove')}
              icon={<Trash2 size={14} aria-hidden="true" />}
              onClick={() => setAsking(true)}
            />
          ) : null}
          <Button
            look="primary"
            disabled={!changed || !ready || save.busy}
            onClick={() => void keep()}
          >
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.fields}>
          {template?.sample ? (
            <Notice tone="wait" title={t('document.sample')}>
              {t('document.sample-text')}
            </Notice>
          ) : null}
          <div className={styles.row}>
            <Field label={t('letters.name')}>
              <Input
                maxLength={120}
                value={draft.name}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
            </Field>
            <Field label={t('letters.kind')}>
              <Select
                value={draft.kind}
                onChange={(kind) => change({ kind })}
                options={letterKind.options.map((value) => ({
                  value,
                  label: t(`letters.kind-${value}`),
                }))}
              />
            </Field>
            <Field label={t('access-request.language')}>
              <Select
                value={draft.language}
                onChange={(language) => change({ language })}
                options={documentLanguage.options.map((value) => ({
                  value,
                  label: languageLabel(value, i18n.language),
                }))}
              />
            </Field>
          </div>
          <div className={styles.row}>
            <Field label={t('letters.subject')} className={styles.wide}>
              <Input
                maxLength={300}
                value={draft.body.subject}
                onChange={(event) => setBody({ ...draft.body, subject: event.currentTarget.value })}
              />
            </Field>
            <Field label={t('letters.deadline')}>
              <NumberField
                min={0}
                max={365}
                value={draft.body.deadlineDays}
                onChange={(days) => setBody({ ...draft.body, deadlineDays: days ?? 0 })}
              />
            </Field>
          </div>
          <ol className={styles.parts} aria-label={t('letters.parts')}>
            {draft.body.parts.map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the letter
              <li key={index}>
                <PartEditor
                  part={part}
                  place={index + 1}
                  first={index === 0}
                  last={index === draft.body.parts.length - 1}
                  onChange={(next) => setBody(withPartAt(draft.body, index, next))}
                  onMove={(by) => setBody(withMovedPart(draft.body, index, by))}
                  onRemove={() => setBody(withoutPart(draft.body, index))}
                />
              </li>
            ))}
          </ol>
          <Menu
            trigger={
              <Button icon={<Plus size={14} aria-hidden="true" />}>{t('letters.add-part')}</Button>
            }
            items={partKinds.map((kind) => ({
              id: kind,
              label: t(`letters.part-${kind}`),
              onSelect: () =>
                setBody({ ...draft.body, parts: [...draft.body.parts, newPart(kind)] }),
            }))}
          />
        </div>
        <DraftPreview draft={draft} ready={ready} />
      </div>
      <Confirm
        open={asking}
        destructive
        title={t('letters.remove-question', { name: template?.name ?? '' })}
        text={t('letters.remove-text')}
        action={t('letters.remove')}
        onConfirm={() => void drop()}
        onCancel={() => setAsking(false)}
      />
    </Panel>
  );
}
