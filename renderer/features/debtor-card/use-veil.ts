import { useMemo } from 'react';
import type { DebtorCard } from '#shared/contract/index.ts';
import { useCall } from '../../app/services.ts';
import { partyOf } from '../../stores/index.ts';
import { type Veil, veiledCard, veilOf } from './veil.ts';

export interface VeiledCard {
  veil: Veil;
  /** what may reach the page: under a veil the card without everything that discloses */
  shown: DebtorCard | null;
}

/** The veil over a card: that of the call at hand, if it is with this debtor. */
export function useVeil(card: DebtorCard | null): VeiledCard {
  const veil = useCall((view): Veil => {
    const party = partyOf(view);
    if (party === null || view.current === null || card === null) return 'open';
    if (view.current.debtorId !== card.debtorId) return 'open';
    return veilOf(view.current.state, party);
  });
  const shown = useMemo(
    () => (card === null || veil === 'open' ? card : veiledCard(card)),
    [card, veil],
  );
  return { veil, shown };
}
