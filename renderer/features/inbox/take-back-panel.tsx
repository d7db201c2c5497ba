import { Undo2, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, InboxItem, InboxThread } from '#shared/contract/index.ts';
import { formatWhen } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { Button, IconButton, Panel } from '../../components/index.ts';
import styles from './match-panel.module.css';
import { useTakeBack } from './use-take-back.ts';
import { whatStays } from './what-stays.ts';

/** the last messages: a wrong match is noticed soon */
const SHOWN = 6;

/** Which message is not this debtor's: it goes back to those that are nobody's, and can be given to somebody else there. */
export function TakeBackPanel({
  conversation,
  onClose,
  onTaken,
}: {
  conversation: CommandOutput<'inbox.thread'>;
  onClose: () => void;
  onTaken: (thread: InboxThread) => void;
}) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const takeBack = useTakeBack();
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  const { thread, items } = conversation;
  const name = thread.displayName ?? '';
  const own = items
    .filter((item) => item.direction === 'in' && item.channel !== 'call' && item.interactionId)
    .slice(-SHOWN)
    .reverse();
  const take = async (item: InboxItem): Promise<void> => {
    if (busy || thread.debtorId === null) return;
    setBusy(true);
    const { inboxThreadId, debtorId } = thread;
    const found = await takeBack({
      inboxThreadId,
      debtorId,
      name,
      items: [item],
      addedPoint: false,
    });
    setBusy(false);
    if (found !== null) onTaken(found);
  };
  return (
    <Panel
      title={t('inbox.not-theirs', { name })}
      actions={
        <IconButton
          label={t('common.close')}
          icon={<X size={16} aria-hidden="true" />}
          onClick={onClose}
        />
      }
    >
      <div className={styles.panel}>
        <p className={styles.faint}>{t(own.length === 0 ? 'inbox.none-in' : 'inbox.take-text')}</p>
        <ul ref={list} className={styles.candidates} aria-label={t('inbox.take-which')}>
          {own.map((item) => (
            <li key={item.interactionId} className={styles.message}>
              <p className={styles.snippet} dir="auto">
                {item.text?.trim() || item.subject || t('inbox.no-text')}
              </p>
              <span className={styles.faint}>
                {t(`channel.${item.channel}`)} · {formatWhen(item.at, clock.now(), i18n.language)}
              </span>
              {whatStays([item], false).map((one) => (
                <p key={one} className={styles.faint}>
                  {t(`inbox.stays-${one}`, { name })}
                </p>
              ))}
              <Button
                disabled={busy}
                icon={<Undo2 size={14} aria-hidden="true" />}
                onClick={() => void take(item)}
              >
                {t('inbox.take-back')}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
