import { useCallback, useEffect, useState } from 'react';
import type { CommandInput, InboxThread, InboxView } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import { type QueryData, useQueryData } from '../../app/use-query-data.ts';
import { useInboxChanges } from './use-inbox-counts.ts';

type ChannelFilter = CommandInput<'inbox.list'>['channel'];

export interface Threads {
  data: QueryData<{ counts: Partial<Record<InboxView, number>> }>;
  /** newest first, each once */
  threads: readonly InboxThread[];
  more: boolean;
  /** fetches those before the last one */
  older: () => void;
  reload: () => void;
}

const pageSize = 50;

/** One view of the inbox, kept current; older threads are fetched as one comes to the end. */
export function useThreads(view: InboxView, channel: ChannelFilter): Threads {
  const { client } = useServices();
  const data = useQueryData('inbox.list', {
    view,
    limit: pageSize,
    ...(channel ? { channel } : {}),
  });
  const [older, setOlder] = useState<{ threads: readonly InboxThread[]; more: boolean } | null>(
    null,
  );
  useInboxChanges(data.reload);
  // another view has older ones of its own
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are what is waited for
  useEffect(() => setOlder(null), [view, channel]);

  const first = data.value?.threads ?? [];
  const known = new Set(first.map((thread) => thread.inboxThreadId));
  const threads = [
    ...first,
    ...(older?.threads ?? []).filter((thread) => !known.has(thread.inboxThreadId)),
  ];
  const last = threads.at(-1)?.lastAt;
  const fetchOlder = useCallback(() => {
    if (last === undefined) return;
    client
      .send('inbox.list', {
        view,
        limit: pageSize,
        before: last,
        ...(channel ? { channel } : {}),
      })
      .then(
        (page) =>
          setOlder((now) => ({
            threads: [...(now?.threads ?? []), ...page.threads],
            more: page.more,
          })),
        // the button stays, and can be pressed again
        () => undefined,
      );
  }, [client, view, channel, last]);
  return {
    data,
    threads,
    more: older ? older.more : (data.value?.more ?? false),
    older: fetchOlder,
    reload: data.reload,
  };
}
