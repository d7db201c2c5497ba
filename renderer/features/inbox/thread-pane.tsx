import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, InboxItem, InboxThread } from '#shared/contract/index.ts';
import type { DebtorId, InboxThreadId } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, ErrorState, Skeleton } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { useDebtorCard, useVeil } from '../debtor-card/index.ts';
import { AttachmentSheet } from './attachment-sheet.tsx';
import { DebtorSummary } from './debtor-summary.tsx';
import { MatchPanel } from './match-panel.tsx';
import { Reply } from './reply.tsx';
import { TakeBackPanel } from './take-back-panel.tsx';
import type { ThreadActions } from './thread-actions.ts';
import { ThreadHeader } from './thread-header.tsx';
import { ThreadItem } from './thread-item.tsx';
import styles from './thread-pane.module.css';
import { useInboxChanges } from './use-inbox-counts.ts';

type Conversation = CommandOutput<'inbox.thread'>;

/** One conversation on all its channels, oldest first, with the answer under it and whose it is beside it. */
export function ThreadPane({
  inboxThreadId,
  listed,
  actions,
  onMoved,
  onChanged,
}: {
  inboxThreadId: string;
  /** as the list has it, until the whole is there */
  listed: InboxThread | null;
  actions: ThreadActions;
  /** it was put together with another thread, which is shown from now on */
  onMoved: (inboxThreadId: string) => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation();
  const data = useQueryData('inbox.thread', { inboxThreadId: inboxThreadId as InboxThreadId });
  const { reload } = data;
  useInboxChanges(reload);
  useDelivery(data.value?.thread.debtorId ?? listed?.debtorId ?? null, reload);
  const changed = useCallback(() => {
    reload();
    onChanged();
  }, [reload, onChanged]);
  const conversation = data.value;
  if (conversation === null) {
    return (
      <section className={styles.pane} aria-label={t('inbox.conversation')}>
        <div className={styles.waiting}>
          {data.state === 'failed' ? (
            <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
          ) : (
            <>
              {listed ? <h2 className={styles.waitingName}>{listed.displayName}</h2> : null}
              <Skeleton lines={6} />
            </>
          )}
        </div>
      </section>
    );
  }
  return (
    <Shown
      conversation={conversation}
      // the list hears of a change first
      thread={listed ?? conversation.thread}
      actions={actions}
      onMoved={onMoved}
      onChanged={changed}
    />
  );
}

/** How far our own messages came stands beside them. */
function useDelivery(debtorId: string | null, reload: () => void): void {
  const { client } = useServices();
  useEffect(() => {
    if (debtorId === null) return;
    return client.on('message.changed', (message) => {
      if (message.debtorId === debtorId) reload();
    });
  }, [client, debtorId, reload]);
}

function Shown({
  conversation,
  thread,
  actions,
  onMoved,
  onChanged,
}: {
  conversation: Conversation;
  thread: InboxThread;
  actions: ThreadActions;
  onMoved: (inboxThreadId: string) => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation();
  const [replying, setReplying] = useState(false);
  /** how often the key was pressed */
  const [matching, setMatching] = useState(0);
  const [opened, setOpened] = useState<InboxItem['attachments'][number] | null>(null);
  const mayReply = thread.debtorId !== null;
  const reply = (): void => {
    setReplying(true);
    // who answers has read it
    if (thread.unread > 0) actions.markRead(thread, true);
  };
  const match = (): void => setMatching((count) => count + 1);
  const moved = (found: InboxThread): void => {
    setMatching(0);
    onChanged();
    onMoved(found.inboxThreadId);
  };
  useKeys({ R: mayReply ? reply : match, M: match });
  return (
    <div className={styles.both} data-matching={thread.debtorId === null || matching > 0}>
      <section className={styles.pane} aria-label={t('inbox.conversation')}>
        <ThreadHeader
          thread={thread}
          actions={actions}
          onReply={mayReply ? reply : null}
          onMatch={match}
        />
        <Items conversation={conversation} onOpen={setOpened} />
        {replying && thread.debtorId !== null ? (
          <ReplyTo
            debtorId={thread.debtorId}
            conversation={conversation}
            onClose={() => {
              setReplying(false);
              onChanged();
            }}
          />
        ) : null}
        {mayReply ? null : <NobodysYet onMatch={match} />}
      </section>
      <aside className={styles.beside} aria-label={t('inbox.whose')}>
        {thread.debtorId === null ? (
          <MatchPanel
            key={thread.inboxThreadId}
            conversation={conversation}
            focus={matching}
            onMatched={moved}
          />
        ) : matching > 0 ? (
          <TakeBackPanel
            key={thread.inboxThreadId}
            conversation={conversation}
            onClose={() => setMatching(0)}
            onTaken={moved}
          />
        ) : (
          <DebtorSummary key={thread.debtorId} debtorId={thread.debtorId} />
        )}
      </aside>
      <AttachmentSheet attachment={opened} onClose={() => setOpened(null)} />
    </div>
  );
}

/** Why there is no answer to write, where it would be written, and the one key that leads to it. */
function NobodysYet({ onMatch }: { onMatch: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.nobodys}>
      <Notice
        tone="wait"
        title={t('inbox.nobodys')}
        action={
          <Button shortcut="M" onClick={onMatch}>
            {t('inbox.match')}
          </Button>
        }
      >
        {t('inbox.nobodys-text')}
      </Notice>
    </div>
  );
}

/** The card is what the answer is checked against and filled in from. */
function ReplyTo({
  debtorId,
  conversation,
  onClose,
}: {
  debtorId: DebtorId;
  conversation: Conversation;
  onClose: () => void;
}) {
  const { card } = useDebtorCard(debtorId);
  const { veil, shown } = useVeil(card);
  const latest = useRef(onClose);
  latest.current = onClose;
  const close = useCallback(() => latest.current(), []);
  return shown === null ? (
    <Skeleton lines={3} />
  ) : (
    <Reply card={shown} veiled={veil !== 'open'} conversation={conversation} onClose={close} />
  );
}

function Items({
  conversation,
  onOpen,
}: {
  conversation: Conversation;
  onOpen: (attachment: InboxItem['attachments'][number]) => void;
}) {
  const { t } = useTranslation();
  const { client } = useServices();
  const [earlier, setEarlier] = useState<{ items: readonly InboxItem[]; more: boolean } | null>(
    null,
  );
  const scroller = useRef<HTMLDivElement>(null);
  const { inboxThreadId } = conversation.thread;
  const items = [...(earlier?.items ?? []), ...conversation.items];
  const newest = items.at(-1);
  const newestKey = newest ? `${newest.at} ${newest.interactionId ?? newest.messageId}` : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is newest comes into sight, not what is fetched above
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const toEnd = (): void => {
      element.scrollTop = element.scrollHeight;
    };
    toEnd();
    // an answer that is opened under it takes its room from above
    const observer = new ResizeObserver(toEnd);
    observer.observe(element);
    return () => observer.disconnect();
  }, [newestKey]);
  const fetchEarlier = (): void => {
    const before = items[0]?.at;
    if (before === undefined) return;
    client.send('inbox.thread', { inboxThreadId, before }).then(
      (page) => {
        setEarlier((now) => ({ items: [...page.items, ...(now?.items ?? [])], more: page.more }));
      },
      // the button stays, and can be pressed again
      () => undefined,
    );
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div ref={scroller} className={styles.items} tabIndex={0} data-conversation="">
      {(earlier ? earlier.more : conversation.more) ? (
        <Button look="quiet" onClick={fetchEarlier}>
          {t('inbox.earlier')}
        </Button>
      ) : null}
      <ol className={styles.list}>
        {items.map((item) => (
          <li key={`${item.interactionId} ${item.messageId} ${item.at}`}>
            <ThreadItem item={item} onOpen={onOpen} />
          </li>
        ))}
      </ol>
    </div>
  );
}
