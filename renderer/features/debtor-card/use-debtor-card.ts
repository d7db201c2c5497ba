import { useCallback, useEffect, useRef, useState } from 'react';
import type { DebtorCard } from '#shared/contract/index.ts';
import type { DebtorId } from '#shared/domain/index.ts';
import { useConnection, useServices } from '../../app/services.ts';
import { cardWithInteraction } from '../../stores/index.ts';

export interface LiveCard {
  card: DebtorCard | null;
  error: unknown;
  reload: () => void;
}

/**
 * The card of a debtor that is looked at outside a call, kept current: a new line of the history is put in at once,
 * anything else makes it be fetched again, behind the one that is shown.
 */
export function useDebtorCard(debtorId: DebtorId): LiveCard {
  const { client } = useServices();
  const connectedSince = useConnection(({ state }) =>
    state.kind === 'connected' ? state.since : null,
  );
  const [card, setCard] = useState<DebtorCard | null>(null);
  const [error, setError] = useState<unknown>(null);
  const asked = useRef(0);

  const reload = useCallback(() => {
    asked.current += 1;
    const own = asked.current;
    client.send('debtor.card', { debtorId }).then(
      (value) => {
        if (own !== asked.current) return;
        setCard(value);
        setError(null);
      },
      (failure: unknown) => {
        if (own === asked.current) setError(failure);
      },
    );
  }, [client, debtorId]);

  useEffect(() => {
    if (connectedSince !== null) reload();
  }, [connectedSince, reload]);
  useEffect(
    () =>
      client.on('debtor.changed', (changed) => {
        if (changed.debtorId === debtorId) reload();
      }),
    [client, debtorId, reload],
  );
  useEffect(
    () =>
      client.on('document.changed', (changed) => {
        if (changed.debtorId === debtorId) reload();
      }),
    [client, debtorId, reload],
  );
  useEffect(
    () =>
      client.on('debtor.interaction-added', (added) => {
        if (added.debtorId !== debtorId) return;
        setCard((now) => (now ? cardWithInteraction(now, added.interaction) : now));
      }),
    [client, debtorId],
  );
  // a card that was merged into another is answered with that one
  return { card, error, reload };
}
