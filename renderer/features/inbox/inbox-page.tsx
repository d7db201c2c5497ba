import { Inbox, SearchX } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboxThread, InboxView } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useQuery } from '../../app/router.ts';
import { EmptyState, ErrorState, Page, Panel, Select, Skeleton } from '../../components/index.ts';
import styles from './inbox-page.module.css';
import { useThreadActions } from './thread-actions.ts';
import { ThreadList } from './thread-list.tsx';
import { ThreadPane } from './thread-pane.tsx';
import { useThreads } from './use-threads.ts';
import { inboxViews, ViewTabs } from './view-tabs.tsx';

const channels = ['sms', 'mms', 'email', 'call'] as const;

/** Everything that came in on any channel: one list, one conversation, one place to answer. */
export function InboxPage() {
  const { t } = useTranslation();
  const [wantedView, setView] = useQuery('view', 'open');
  const view: InboxView = inboxViews.find((one) => one === wantedView) ?? 'open';
  const [wantedChannel, setChannel] = useQuery('channel');
  const channel = channels.find((one) => one === wantedChannel);
  const threads = useThreads(view, channel);
  return (
    <Page
      title={t('inbox.title')}
      actions={
        <Select
          label={t('inbox.channel')}
          className={styles.channel}
          value={channel ?? ''}
          onChange={setChannel}
          options={[
            { value: '', label: t('inbox.all-channels') },
            ...channels.map((value) => ({
              value,
              label: value === 'call' ? t('inbox.missed-call') : t(`channel.${value}`),
            })),
          ]}
        />
      }
    >
      <div className={styles.frame}>
        <ViewTabs current={view} counts={threads.data.value?.counts ?? null} onChoose={setView} />
        <Threads key={`${view} ${channel ?? ''}`} view={view} threads={threads} />
      </div>
    </Page>
  );
}

function Threads({ view, threads }: { view: InboxView; threads: ReturnType<typeof useThreads> }) {
  const { t } = useTranslation();
  const [chosen, choose] = useQuery('thread');
  const { threads: shown, data } = threads;
  const index = shown.findIndex((thread) => thread.inboxThreadId === chosen);
  const current = chosen === '' ? (shown[0]?.inboxThreadId ?? '') : chosen;
  /** the row that takes the focus once it is drawn */
  const [focusRow, setFocusRow] = useState('');
  const nextOf = useRef<(thread: InboxThread) => string>(() => '');
  nextOf.current = (thread) => {
    const at = shown.findIndex((one) => one.inboxThreadId === thread.inboxThreadId);
    return (shown[at + 1] ?? shown[at - 1])?.inboxThreadId ?? '';
  };
  const onLeft = useCallback(
    (thread: InboxThread) => {
      const next = nextOf.current(thread);
      choose(next);
      setFocusRow(next);
    },
    [choose],
  );
  const actions = useThreadActions(threads.reload, onLeft);
  const move = (by: number): void => {
    const at = index === -1 ? 0 : index + by;
    const next = shown[Math.min(shown.length - 1, Math.max(0, at))];
    if (!next) return;
    choose(next.inboxThreadId);
    setFocusRow(next.inboxThreadId);
  };
  const down = (): void => move(1);
  const up = (): void => move(-1);
  useKeys({ J: down, K: up, 'Shift+Z': actions.undo });
  // what was chosen by hand is not taken away when the list changes under it
  useEffect(() => {
    if (chosen === '' && shown[0] && focusRow !== '') choose(shown[0].inboxThreadId);
  }, [chosen, shown, focusRow, choose]);

  if (data.value === null) {
    return data.state === 'failed' ? (
      <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
    ) : (
      <Panel title={t('inbox.title')} hideTitle>
        <Skeleton lines={8} />
      </Panel>
    );
  }
  if (shown.length === 0 && chosen === '') {
    return (
      <Panel title={t('inbox.title')} hideTitle className={styles.nothing}>
        <EmptyState
          icon={
            view === 'open' || view === 'mine' ? (
              <Inbox size={24} aria-hidden="true" />
            ) : (
              <SearchX size={24} aria-hidden="true" />
            )
          }
          title={t(`inbox.empty-${view}`)}
          text={t(`inbox.empty-${view}-text`)}
        />
      </Panel>
    );
  }
  return (
    <div className={styles.columns}>
      <ThreadList
        view={view}
        threads={shown}
        more={threads.more}
        onMore={threads.older}
        current={current}
        focusRow={focusRow}
        onFocused={() => setFocusRow('')}
        onMove={move}
        onChoose={(thread) => {
          choose(thread.inboxThreadId);
          if (thread.unread > 0) actions.markRead(thread, true);
        }}
      />
      {current === '' ? null : (
        <ThreadPane
          key={current}
          inboxThreadId={current}
          listed={shown.find((thread) => thread.inboxThreadId === current) ?? null}
          actions={actions}
          onMoved={choose}
          onChanged={threads.reload}
        />
      )}
    </div>
  );
}
