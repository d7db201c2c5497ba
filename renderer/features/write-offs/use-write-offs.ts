import { useCallback, useEffect, useState } from 'react';
import type { CommandOutput } from '#shared/contract/index.ts';
import type { WriteOffId } from '#shared/domain/index.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';

export type WriteOffItem = CommandOutput<'write-off.list'>['writeOffs'][number];
export type WriteOffStatus = WriteOffItem['status'];

/** Proposals arrive as changes of their debtors: the list is asked again together. */
const refreshDelayMs = 1_000;

export interface WriteOffs {
  items: readonly WriteOffItem[] | null;
  /** all that wait, not only those that are loaded */
  waiting: number;
  more: boolean;
  error: unknown;
  reload: () => void;
  loadMore: () => void;
}

/** Proposed write-offs of one state, the newest first. */
export function useWriteOffs(status: WriteOffStatus): WriteOffs {
  const { client, clock } = useServices();
  const data = useQueryData('write-off.list', { status, limit: 50 });
  const [older, setOlder] = useState<{ items: readonly WriteOffItem[]; more: boolean } | null>(
    null,
  );
  const { reload: reloadFirst } = data;
  const reload = useCallback(() => {
    setOlder(null);
    reloadFirst();
  }, [reloadFirst]);

  useEffect(() => {
    let cancel: (() => void) | null = null;
    const stop = client.on('debtor.changed', () => {
      cancel ??= clock.setTimer(refreshDelayMs, () => {
        cancel = null;
        reload();
      });
    });
    return () => {
      cancel?.();
      stop();
    };
  }, [client, clock, reload]);

  const first = data.value?.writeOffs ?? null;
  const items = first === null ? null : [...first, ...(older?.items ?? [])];
  const more = older?.more ?? data.value?.more ?? false;
  const loadMore = (): void => {
    const last = items?.at(-1);
    if (!last || !more) return;
    client
      .send('write-off.list', { status, limit: 50, before: last.writeOffId as WriteOffId })
      .then(
        (answer) =>
          setOlder((now) => ({
            items: [...(now?.items ?? []), ...answer.writeOffs],
            more: answer.more,
          })),
        () => undefined, // the button is still there
      );
  };
  return {
    items,
    waiting: data.value?.proposedTotal ?? 0,
    more,
    error: data.state === 'failed' ? data.error : null,
    reload,
    loadMore,
  };
}
