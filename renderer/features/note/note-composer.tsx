import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useDraft, useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Field, TextArea } from '../../components/index.ts';
import styles from './note-composer.module.css';

/**
 * Writes a note. What is typed belongs to the debtor, not to the call: it stays until it is saved with the outcome, by
 * itself (⌘/Ctrl Enter) or is emptied by hand.
 */
export function NoteComposer({
  draftKey,
  debtorId,
  title,
  inWrapUp = false,
  inSheet = false,
  onSaved,
}: {
  draftKey: string;
  /** null: an unknown caller, whose note goes with the outcome */
  debtorId: DebtorId | null;
  title: string;
  inWrapUp?: boolean;
  /** the sheet has its own key, its own heading and closes with Esc */
  inSheet?: boolean;
  onSaved?: () => void;
}) {
  const { t } = useTranslation();
  const { stores } = useServices();
  const draft = useDraft(draftKey);
  const field = useRef<HTMLTextAreaElement>(null);
  const { run, busy } = useCommand('debtor.add-note');
  const focus = (): void => field.current?.focus();
  useKeys({ N: inSheet ? null : focus });

  const save = async (): Promise<void> => {
    const text = draft.note.trim();
    if (text === '' || debtorId === null || busy) return;
    const saved = await run({ debtorId, text });
    if (saved === null) return;
    // words typed while the reply was on its way are not part of what was saved
    if (stores.drafts.get(draftKey).note.trim() === text) {
      stores.drafts.change(draftKey, { note: '' });
    }
    announce(t('note.saved'));
    onSaved?.();
  };

  return (
    <section className={inSheet ? styles.inSheet : styles.composer}>
      <Field label={t('note.label')} hideLabel={inSheet}>
        <TextArea
          ref={field}
          rows={inSheet ? 8 : 3}
          value={draft.note}
          placeholder={t('note.placeholder')}
          data-first
          aria-keyshortcuts="N"
          maxLength={10_000}
          onChange={(event) =>
            stores.drafts.change(draftKey, { note: event.currentTarget.value, title })
          }
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !inSheet) event.currentTarget.blur();
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
          }}
        />
      </Field>
      <div className={styles.foot}>
        <span className={styles.hint}>
          {draft.note.trim() === ''
            ? null
            : t(inWrapUp || debtorId === null ? 'note.goes-with-outcome' : 'note.kept')}
        </span>
        {debtorId === null ? null : (
          <Button
            disabled={busy || draft.note.trim() === ''}
            onClick={() => void save()}
            shortcut="Mod+Enter"
          >
            {t('note.save')}
          </Button>
        )}
      </div>
    </section>
  );
}
