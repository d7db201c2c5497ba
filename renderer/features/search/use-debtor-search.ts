import { useEffect, useReducer } from 'react';
import { AppError } from '#shared/errors/index.ts';
import { useConnection, useServices } from '../../app/services.ts';
import { isWaiting, nothingSearched, type SearchView, searchTurn } from './search-turn.ts';

/** Typing pauses for longer than this between two letters only when one stops to look. */
const searchDelayMs = 70;

/**
 * Debtors for what stands in a field, asked as one types: after a short pause, with late answers dropped and the former
 * hits kept meanwhile. An empty field gives the person's recent debtors at once.
 */
export function useDebtorSearch(text: string, limit = 12): SearchView & { waiting: boolean } {
  const { client, clock } = useServices();
  const connected = useConnection(({ state }) => state.kind === 'connected');
  const [view, tell] = useReducer(searchTurn, nothingSearched);
  const query = text.trim();

  useEffect(() => {
    tell({ type: 'typed', query });
    if (!connected) {
      tell({ type: 'failed', query, error: new AppError('client.offline', 'not connected') });
      return;
    }
    return clock.setTimer(query === '' ? 0 : searchDelayMs, () => {
      client.send('search.find', { query, limit }).then(
        (answer) => tell({ type: 'found', query, answer }),
        (error: unknown) => {
          // the next letter was faster: its own answer comes
          if (error instanceof AppError && error.code === 'search.superseded') return;
          tell({ type: 'failed', query, error });
        },
      );
    });
  }, [client, clock, connected, query, limit]);
  return { ...view, waiting: isWaiting(view) || view.query !== query };
}
