import { UserCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, InboxThread } from '#shared/contract/index.ts';
import type { DebtorId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { formatPhone } from '../../app/format/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { toHash } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Badge, Button, Panel, toast } from '../../components/index.ts';
import { DebtorPicker } from '../search/index.ts';
import styles from './match-panel.module.css';
import { useTakeBack } from './use-take-back.ts';

type Conversation = CommandOutput<'inbox.thread'>;

/** Whose it might be, and why; or anybody that the search finds. What it says of opting out acts as soon as it is known. */
export function MatchPanel({
  conversation,
  focus,
  onMatched,
}: {
  conversation: Conversation;
  /** how often its key was pressed: each time, typing begins in the search */
  focus: number;
  onMatched: (thread: InboxThread) => void;
}) {
  const { t } = useTranslation();
  const { run, busy } = useCommand('inbox.match');
  const takeBack = useTakeBack();
  const { thread, candidates, items } = conversation;
  const [add, setAdd] = useState(thread.peer !== null);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus > 0) place.current?.querySelector<HTMLElement>('input:not([type=checkbox])')?.focus();
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
    const undo = async (): Promise<void> => {
      const taken = await takeBack({
        inboxThreadId: found.inboxThreadId,
        debtorId,
        name,
        items,
        addedPoint: addContactPoint,
      });
      if (taken !== null) onMatched(taken);
    };
    toast('done', said, undefined, [{ label: t('inbox.undo'), run: () => void undo() }]);
    onMatched(found);
  };
  const choose = ({ debtorId, displayName, contactPointId }: (typeof candidates)[number]): void =>
    void match(debtorId, displayName, contactPointId !== null);
  useKeys(
    Object.fromEntries(
      candidates.slice(0, 9).map((one, index) => [String(index + 1), () => choose(one)]),
    ),
  );
  return (
    <Panel title={t('inbox.whose')}>
      <div ref={place} className={styles.panel}>
        {candidates.length > 0 ? (
          <ul className={styles.candidates} aria-label={t('inbox.candidates')}>
            {candidates.map((one, index) => (
              <li key={`${one.debtorId} ${one.why}`} className={styles.candidate}>
                <a className={styles.name} href={toHash(`/debtor/${one.debtorId}`)}>
                  <bdi>{one.displayName}</bdi>
                </a>
                <span className={styles.faint}>{one.externalRef}</span>
                <Badge tone="accent">{t(`inbox.why-${one.why}`)}</Badge>
                <Button
                  disabled={busy}
                  {...(index < 9 ? { shortcut: String(index + 1) } : {})}
                  icon={<UserCheck size={14} aria-hidden="true" />}
                  onClick={() => choose(one)}
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
        />
      </div>
    </Panel>
  );
}
