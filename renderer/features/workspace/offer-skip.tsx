import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandInput } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Field, Input } from '../../components/index.ts';
import styles from './offer-panel.module.css';

type Reason = NonNullable<CommandInput<'preview.skip'>['reason']>;
const reasons: readonly Reason[] = ['later', 'noNumberFits', 'alreadyHandled', 'other'];

/** Not this one now, and why: one key each. The debtor goes back to the list. */
export function OfferSkip({
  entryId,
  onClose,
}: {
  entryId: CommandInput<'preview.skip'>['entryId'];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { stores } = useServices();
  const { run, busy } = useCommand('preview.skip');
  const [note, setNote] = useState('');
  const first = useRef<HTMLDivElement>(null);
  const skip = async (reason: Reason): Promise<void> => {
    if (busy) return;
    const text = note.trim();
    const done = await run({ entryId, reason, ...(text ? { note: text } : {}) });
    if (done === null) return;
    // the event brings the next one; until then this one is gone
    stores.agent.setState((view) => (view.offer?.entryId === entryId ? { offer: null } : view));
    announce(t('offer.skipped'));
  };
  useKeys({
    ...Object.fromEntries(reasons.map((one, index) => [String(index + 1), () => void skip(one)])),
    Escape: onClose,
  });
  useEffect(() => first.current?.querySelector('button')?.focus(), []);
  return (
    <div ref={first} className={styles.skip}>
      <p className={styles.skipTitle}>{t('offer.skip-why')}</p>
      {reasons.map((reason, index) => (
        <Button
          key={reason}
          look="quiet"
          wide
          shortcut={String(index + 1)}
          disabled={busy}
          onClick={() => void skip(reason)}
        >
          {t(`offer.skip-${reason}`)}
        </Button>
      ))}
      <Field label={t('offer.skip-note')}>
        <Input
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
    </div>
  );
}
