import { useCallback, useEffect, useRef, useState } from 'react';
import type { CommandInput, ListFilter, ListSort } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { useConnection, useServices } from '../../app/services.ts';
import {
  missingPages,
  nothingLoaded,
  pageOf,
  pageSize,
  type SparsePages,
  withPage,
} from './sparse-pages.ts';

export interface ListPages {
  loaded: SparsePages;
  /** the question that is on its way or answered */
  key: string;
  error: unknown;
  onRange: (first: number, last: number) => void;
  reload: () => void;
}

/** Changes of debtors come in bursts while calls are made: their rows are fetched again together. */
const refreshDelayMs = 1_000;
/** While the lists are being built after a start. */
const notReadyRetryMs = 2_000;

/** The debtors of a filter, page by page where one looks, kept current by events. */
export function useListPages(filter: ListFilter, sort: ListSort): ListPages {
  const { client, clock } = useServices();
  const epoch = useConnection(({ state }) => (state.kind === 'connected' ? state.since : null));
  const key = JSON.stringify({ filter, sort });
  const [loaded, setLoaded] = useState<SparsePages>(nothingLoaded);
  const [error, setError] = useState<unknown>(null);
  const current = useRef({ loaded, key, range: [0, 0] as [number, number] });
  current.current.loaded = loaded;
  current.current.key = key;
  const underWay = useRef(new Set<string>());

  const fetchPage = useCallback(
    (page: number): void => {
      const asked = current.current.key;
      const mark = `${page} ${asked}`;
      if (underWay.current.has(mark)) return;
      underWay.current.add(mark);
      const question = JSON.parse(asked) as Pick<CommandInput<'list.query'>, 'filter' | 'sort'>;
      client
        .send('list.query', { ...question, offset: page * pageSize, limit: pageSize })
        .then(
          (answer) => {
            if (current.current.key !== asked) return;
            setError(null);
            setLoaded((now) => withPage(now, asked, page, answer));
          },
          (failure: unknown) => {
            if (current.current.key === asked) setError(failure);
          },
        )
        .finally(() => underWay.current.delete(mark));
    },
    [client],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question or a new connection starts over
  useEffect(() => {
    current.current.range = [0, 0];
    if (epoch !== null) fetchPage(0);
  }, [key, epoch, fetchPage]);

  const notReady = error instanceof AppError && error.code === 'list.not-ready';
  useEffect(() => {
    if (!notReady) return;
    return clock.setTimer(notReadyRetryMs, () => {
      setError(null);
      fetchPage(0);
    });
  }, [notReady, clock, fetchPage]);

  useEffect(() => {
    const dirty = new Set<number>();
    let cancel: (() => void) | null = null;
    const changed = ({ debtorId }: { debtorId: string }): void => {
      const page = pageOf(current.current.loaded, debtorId);
      if (page === null) return;
      dirty.add(page);
      cancel ??= clock.setTimer(refreshDelayMs, () => {
        cancel = null;
        for (const one of dirty) fetchPage(one);
        dirty.clear();
      });
    };
    const listeners = [
      client.on('debtor.changed', changed),
      client.on('debtor.interaction-added', changed),
    ];
    return () => {
      cancel?.();
      for (const stop of listeners) stop();
    };
  }, [client, clock, fetchPage]);

  const onRange = useCallback(
    (first: number, last: number): void => {
      const { loaded: now, key: asked } = current.current;
      current.current.range = [first, last];
      if (now.key !== asked) return; // its first page is on its way
      for (const page of missingPages(now, first, last)) fetchPage(page);
    },
    [fetchPage],
  );
  const reload = useCallback(() => {
    setError(null);
    const [first, last] = current.current.range;
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1) {
      fetchPage(page);
    }
  }, [fetchPage]);
  return { loaded, key, error, onRange, reload };
}
