import { useCallback, useEffect, useState } from 'react';
import type { DebtorCard, Interaction } from '#shared/contract/index.ts';
import type { Channel } from '#shared/domain/index.ts';
import { useServices } from '../../app/services.ts';

const pageSize = 50;
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

/**
 * History of a card: its newest rows come with it, older and filtered ones are fetched. New rows arrive through the
 * card and stay on top.
 */
export function useHistory(
  card: DebtorCard,
  channels: readonly Channel[],
  search: string,
): HistoryPage {
  const { client, clock } = useServices();
  const question = JSON.stringify([card.debtorId, channels, search.trim()]);
  const filtered = channels.length > 0 || search.trim() !== '';
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const current = loaded?.question === question ? loaded : null;
  const items = filtered ? (current?.items ?? []) : merge(card.history, current?.items ?? []);
  const more = current ? current.more : filtered || card.historyTotal > card.history.length;

  const fetchAfter = useCallback(
    (known: readonly Interaction[]) => {
      const before = known.at(-1)?.interactionId;
      setLoading(true);
      setError(null);
      client
        .send('debtor.history', {
          debtorId: card.debtorId,
          limit: pageSize,
          ...(before ? { before } : {}),
          ...(channels.length > 0 ? { channels: [...channels] } : {}),
          ...(search.trim() ? { search: search.trim() } : {}),
        })
        .then(
          (page) => setLoaded({ question, items: [...known, ...page.items], more: page.more }),
          setError,
        )
        .finally(() => setLoading(false));
    },
    [client, card.debtorId, channels, search, question],
  );

  // a new question is asked once the typing pauses
  useEffect(() => {
    if (!filtered) return;
    return clock.setTimer(searchDelayMs, () => fetchAfter([]));
  }, [clock, filtered, fetchAfter]);

  const loadMore = useCallback(() => {
    if (!loading && more) fetchAfter(items);
  }, [loading, more, fetchAfter, items]);

  return { items, more, loading, error, loadMore };
}

/** Newest rows of the card, then what was fetched beyond them. */
export function merge(
  newest: readonly Interaction[],
  fetched: readonly Interaction[],
): readonly Interaction[] {
  const known = new Set(newest.map((item) => item.interactionId));
  return [...newest, ...fetched.filter((item) => !known.has(item.interactionId))];
}
