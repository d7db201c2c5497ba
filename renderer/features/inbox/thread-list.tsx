import { BellOff, CircleUser, MessageSquareOff } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboxThread, InboxView } from '#shared/contract/index.ts';
import { formatWhen } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { Badge, Button, Panel, When } from '../../components/index.ts';
import { ChannelIcon } from './channel-icon.tsx';
import styles from './thread-list.module.css';
import { peerText } from './thread-words.ts';

/** The threads of one view, newest first. J and K or arrows move, Enter opens. */
export function ThreadList({
  view,
  threads,
  more,
  onMore,
  current,
  focusRow,
  onFocused,
  onMove,
  onChoose,
}: {
  view: InboxView;
  threads: readonly InboxThread[];
  more: boolean;
  onMore: () => void;
  current: string;
  /** the thread whose row takes the focus now; '' none */
  focusRow: string;
  onFocused: () => void;
  onMove: (by: number) => void;
  onChoose: (thread: InboxThread) => void;
}) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (focusRow === '') return;
    const row = list.current?.querySelector<HTMLElement>(`[data-thread="${focusRow}"]`);
    if (!row) return; // it is on its way: the focus follows with the next drawing
    row.focus();
    row.scrollIntoView({ block: 'nearest' });
    onFocused();
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <Panel title={t(`inbox.view-${view}`)} hideTitle flush className={styles.panel}>
      <ul ref={list} className={styles.list} onKeyDown={onKeyDown}>
        {threads.map((thread) => (
          <li key={thread.inboxThreadId}>
            <Row
              thread={thread}
              view={view}
              current={thread.inboxThreadId === current}
              onChoose={() => onChoose(thread)}
            />
          </li>
        ))}
        {more ? (
          <li className={styles.more}>
            <Button look="quiet" wide onClick={onMore}>
              {t('inbox.older')}
            </Button>
          </li>
        ) : null}
      </ul>
    </Panel>
  );
}

function Row({
  thread,
  view,
  current,
  onChoose,
}: {
  thread: InboxThread;
  view: InboxView;
  current: boolean;
  onChoose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const unread = thread.unread > 0;
  return (
    <button
      type="button"
      className={styles.row}
      data-thread={thread.inboxThreadId}
      data-unread={unread}
      aria-current={current}
      tabIndex={current ? 0 : -1}
      onClick={onChoose}
    >
      <span className={styles.icon}>
        <ChannelIcon thread={thread} />
      </span>
      <span className={styles.line}>
        <span className={styles.name}>
          <bdi>{thread.displayName ?? peerText(thread.peer, t)}</bdi>
        </span>
        {unread ? (
          <span className={styles.unread}>
            {thread.unread}
            <span className="visually-hidden"> {t('inbox.unread')}</span>
          </span>
        ) : null}
        <span className={styles.when}>
          <When at={thread.lastAt} />
        </span>
      </span>
      <span className={styles.snippet}>
        {thread.lastDirection === 'out' ? (
          <span className={styles.ours}>{t('inbox.we')}: </span>
        ) : null}
        {thread.snippet || t(thread.channels[0] === 'call' ? 'inbox.missed-call' : 'inbox.no-text')}
      </span>
      <span className={styles.marks}>
        {thread.optOut ? (
          <Badge tone="stop">
            <MessageSquareOff size={12} aria-hidden="true" />{' '}
            {t(`inbox.opt-out-${thread.optOut.verdict}`)}
          </Badge>
        ) : null}
        {thread.debtorId === null ? <Badge tone="wait">{t('inbox.view-unmatched')}</Badge> : null}
        {thread.assignedToName && view !== 'mine' ? (
          <span className={styles.mark}>
            <CircleUser size={12} aria-hidden="true" />
            {thread.assignedToName}
          </span>
        ) : null}
        {thread.state === 'snoozed' && thread.snoozedUntil !== null ? (
          <span className={styles.mark}>
            <BellOff size={12} aria-hidden="true" />
            {t('inbox.until', {
              when: formatWhen(thread.snoozedUntil, clock.now(), i18n.language),
            })}
          </span>
        ) : null}
      </span>
    </button>
  );
}
