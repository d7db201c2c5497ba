import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DebtorCard, Interaction } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import { type HistoryFilter, historyQuestion, isFiltered } from './history-filter.ts';
import { mergeHistory } from './history-rows.ts';

const firstPage = 50;
const nextPage = 200;
const searchDelayMs = 150;

export interface HistoryPage {
  items: readonly Interaction[];
  more: boolean;
  loading: boolean;
  error: unknown;
  loadMore: () => void;
}

interface Loaded {
  /** what was asked for: replies to other questions are dropped */
  question: string;
  items: readonly Interaction[];
  more: boolean;
}

const nothing: readonly Interaction[] = [];

/**
 * History of a card: its newest rows come with it, older and filtered ones are fetched. New rows arrive through the
 * card and stay on top; a filtered view asks again when one arrives.
 */
export function useHistory(card: DebtorCard, filter: HistoryFilter): HistoryPage {
  const { client, clock } = useServices();
  const input = historyQuestion(card.debtorId, filter);
  const question = JSON.stringify(input);
  const filtered = isFiltered(filter);
  const newest = card.history[0]?.interactionId;
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const asked = useRef(0);

  const current = loaded?.question === question ? loaded : null;
  const fetched = current?.items ?? nothing;
  const items = useMemo(
    () => (filtered ? fetched : mergeHistory(card.history, fetched)),
    [filtered, fetched, card.history],
  );
  const more = current ? current.more : filtered || card.historyTotal > card.history.length;

  const fetchAfter = useCallback(
    (known: readonly Interaction[], limit: number) => {
      const before = known.at(-1)?.interactionId;
      asked.current += 1;
      const own = asked.current;
      setLoading(true);
      setError(null);
      client
        .send('debtor.history', {
          ...(JSON.parse(question) as typeof input),
          limit,
          ...(before ? { before } : {}),
        })
        .then(
          (page) => {
            if (own !== asked.current) return;
            setLoaded({ question, items: [...known, ...page.items], more: page.more });
          },
          (failure: unknown) => {
            if (own === asked.current) setError(failure);
          },
        )
        .finally(() => {
          if (own === asked.current) setLoading(false);
        });
    },
    [client, question],
  );

  // a new question is asked once the typing pauses; `newest` asks again when something happened
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (!filtered) return;
    return clock.setTimer(searchDelayMs, () => fetchAfter([], firstPage));
  }, [clock, filtered, fetchAfter, newest]);

  const loadMore = useCallback(() => {
    if (!loading && more) fetchAfter(items, nextPage);
  }, [loading, more, fetchAfter, items]);

  const waiting = filtered && current === null && error === null;
  return { items, more, loading: loading || waiting, error, loadMore };
}
