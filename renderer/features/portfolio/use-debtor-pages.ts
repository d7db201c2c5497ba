import { useCallback, useEffect, useRef, useState } from 'react';
import type { CommandInput } from '#shared/contract/index.ts';
import type { PortfolioId } from '#shared/domain/index.ts';
import { useConnection, useServices } from '../../app/services.ts';
import {
  type LoadedDebtors,
  nextOffset,
  nothingLoaded,
  offsetOf,
  pageSize,
  withPage,
} from './debtor-pages.ts';

export interface DebtorQuestion {
  search: string;
  portfolioId: string;
  sort: NonNullable<CommandInput<'debtor.list'>['sort']>;
  descending: boolean;
}

export interface DebtorPages {
  loaded: LoadedDebtors;
  /** nothing for this question yet */
  loading: boolean;
  error: unknown;
  loadMore: () => void;
  reload: () => void;
}

/** Changes of debtors come in bursts while calls are made: their rows are fetched again together. */
const refreshDelayMs = 1_000;

/** The debtors of a question, page by page, kept current by events. */
export function useDebtorPages(question: DebtorQuestion): DebtorPages {
  const { client, clock } = useServices();
  const epoch = useConnection(({ state }) => (state.kind === 'connected' ? state.since : null));
  const key = JSON.stringify(question);
  const [loaded, setLoaded] = useState<LoadedDebtors>(nothingLoaded);
  const [error, setError] = useState<unknown>(null);
  const current = useRef({ loaded, key });
  current.current = { loaded, key };
  const underWay = useRef(new Set<string>());

  const fetchPage = useCallback(
    (offset: number): void => {
      const asked = current.current.key;
      const mark = `${asked} ${offset}`;
      if (underWay.current.has(mark)) return;
      underWay.current.add(mark);
      client
        .send('debtor.list', { ...inputOf(asked), offset, limit: pageSize })
        .then(
          (page) => {
            if (current.current.key !== asked) return;
            setError(null);
            setLoaded((now) => withPage(now, asked, offset, page));
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
    if (epoch !== null) fetchPage(0);
  }, [key, epoch, fetchPage]);

  useEffect(() => {
    const dirty = new Set<number>();
    let cancel: (() => void) | null = null;
    const changed = ({ debtorId }: { debtorId: string }): void => {
      const offset = offsetOf(current.current.loaded, debtorId);
      if (offset === null) return;
      dirty.add(offset);
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

  const loadMore = useCallback(() => {
    const offset = nextOffset(current.current.loaded, current.current.key);
    if (offset !== null && offset > 0) fetchPage(offset);
  }, [fetchPage]);
  const reload = useCallback(() => fetchPage(0), [fetchPage]);
  return { loaded, loading: loaded.key !== key && error === null, error, loadMore, reload };
}

function inputOf(key: string): CommandInput<'debtor.list'> {
  const { portfolioId, ...rest } = JSON.parse(key) as DebtorQuestion;
  return portfolioId === '' ? rest : { ...rest, portfolioId: portfolioId as PortfolioId };
}
