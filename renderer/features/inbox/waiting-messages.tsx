import { MessagesSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../app/errors.ts';
import { toHash } from '../../app/router.ts';
import { Badge, EmptyState, ErrorState, Panel, Skeleton, When } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { ChannelIcon } from './channel-icon.tsx';
import { peerText } from './thread-words.ts';
import { useWaitingThreads } from './use-inbox-counts.ts';
import styles from './waiting-messages.module.css';

const shownAtMost = 5;

/** Between calls: who has written and waits for an answer, the newest first. */
export function WaitingMessages() {
  const { t } = useTranslation();
  const data = useWaitingThreads('open', shownAtMost);
  const open = data.value?.counts.open ?? 0;
  return (
    <Panel
      title={t('inbox.waiting')}
      flush
      actions={
        open > 0 ? (
          <LinkButton look="quiet" href={toHash('/inbox')}>
            {t('inbox.open-all', { count: open })}
          </LinkButton>
        ) : null
      }
    >
      {data.value === null ? (
        data.state === 'failed' ? (
          <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
        ) : (
          <Skeleton lines={3} />
        )
      ) : data.value.threads.length === 0 ? (
        <EmptyState
          icon={<MessagesSquare size={24} aria-hidden="true" />}
          title={t('inbox.none-waiting')}
          text={t('inbox.none-waiting-text')}
        />
      ) : (
        <ul className={styles.list}>
          {data.value.threads.map((thread) => (
            <li key={thread.inboxThreadId}>
              <a className={styles.item} href={toHash('/inbox', { thread: thread.inboxThreadId })}>
                <ChannelIcon thread={thread} />
                <span className={styles.name}>
                  {thread.displayName ?? peerText(thread.peer, t)}
                </span>
                <span className={styles.snippet}>
                  {thread.snippet ||
                    t(thread.channels[0] === 'call' ? 'inbox.missed-call' : 'inbox.no-text')}
                </span>
                {thread.optOut ? (
                  <Badge tone="stop">{t(`inbox.opt-out-${thread.optOut.verdict}`)}</Badge>
                ) : null}
                <span className={styles.when}>
                  <When at={thread.lastAt} />
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
