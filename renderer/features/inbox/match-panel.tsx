import { UserCheck, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, InboxThread } from '#shared/contract/index.ts';
import type { DebtorId, InteractionId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { formatPhone } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Badge, Button, IconButton, Panel, toast } from '../../components/index.ts';
import { DebtorPicker } from '../search/index.ts';
import styles from './match-panel.module.css';

type Conversation = CommandOutput<'inbox.thread'>;

/** Whose it might be, and why; or anybody that the search finds. What it says of opting out acts as soon as it is known. */
export function MatchPanel({
  conversation,
  focus,
  onClose,
  onMatched,
}: {
  conversation: Conversation;
  /** its key was pressed: typing begins in the search */
  focus: boolean;
  /** null: there is nothing to go back to */
  onClose: (() => void) | null;
  onMatched: (thread: InboxThread) => void;
}) {
  const { t } = useTranslation();
  const { client } = useServices();
  const { run, busy } = useCommand('inbox.match');
  const { thread, candidates, items } = conversation;
  const [add, setAdd] = useState(thread.peer !== null);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) place.current?.querySelector<HTMLElement>('input:not([type=checkbox])')?.focus();
  }, [focus]);

  const match = async (debtorId: string, name: string, known: boolean): Promise<void> => {
    if (busy) return;
    const addContactPoint = add && !known && thread.peer !== null;
    const found = await run({
      inboxThreadId: thread.inboxThreadId,
      debtorId: debtorId as DebtorId,
      addContactPoint,
    });
    if (found === null) return;
    const said = t('inbox.said-matched', { name });
    announce(said);
    const interactions = items.flatMap(({ direction, interactionId }) =>
      direction === 'in' && interactionId ? [interactionId] : [],
    );
    const undo = async (): Promise<void> => {
      for (const interactionId of interactions) {
        await client.send('inbox.unmatch', {
          inboxThreadId: found.inboxThreadId,
          interactionId: interactionId as InteractionId,
        });
      }
    };
    // a number that was added is a fact of the card by now: it is taken away there
    toast(
      'done',
      said,
      undefined,
      addContactPoint ? [] : [{ label: t('inbox.undo'), run: () => void undo() }],
    );
    onMatched(found);
  };
  return (
    <Panel
      title={t('inbox.whose')}
      actions={
        onClose ? (
          <IconButton
            label={t('common.close')}
            icon={<X size={16} aria-hidden="true" />}
            onClick={onClose}
          />
        ) : null
      }
    >
      <div ref={place} className={styles.panel}>
        {candidates.length > 0 ? (
          <ul className={styles.candidates} aria-label={t('inbox.candidates')}>
            {candidates.map((one) => (
              <li key={`${one.debtorId} ${one.why}`} className={styles.candidate}>
                <a className={styles.name} href={toHash(`/debtor/${one.debtorId}`)}>
                  <bdi>{one.displayName}</bdi>
                </a>
                <span className={styles.faint}>{one.externalRef}</span>
                <Badge tone="accent">{t(`inbox.why-${one.why}`)}</Badge>
                <Button
                  disabled={busy}
                  icon={<UserCheck size={14} aria-hidden="true" />}
                  onClick={() =>
                    void match(one.debtorId, one.displayName, one.contactPointId !== null)
                  }
                >
                  {t('inbox.it-is')}
                  <span className="visually-hidden">: {one.displayName}</span>
                </Button>
              </li>
            ))}
          </ul>
        ) : (
          <p className={styles.faint}>{t('inbox.no-candidates')}</p>
        )}
        {thread.peer === null ? null : (
          <Checkbox
            label={t('inbox.add-point', { value: formatPhone(thread.peer) })}
            checked={add}
            onChange={setAdd}
          />
        )}
        <DebtorPicker
          label={t('inbox.find-debtor')}
          onChoose={(hit) => void match(hit.debtorId, hit.displayName, false)}
          {...(onClose ? { onLeave: onClose } : {})}
        />
      </div>
    </Panel>
  );
}
