import { type PoolRow, shownFrom } from '../dialer/caller-id/index.ts';

/**
 * The number that a call by hand shows over a trunk: the one entered first of those that may be shown now. What keeps a number
 * from a campaign's calls keeps it from these: it is not the firm's own for all that is known, rests, was retired, or is not
 * shown at this hour.
 * @param at epoch ms
 * @returns E.164, or null: the trunk has none
 */
export function numberByHand(
  numbers: readonly PoolRow[],
  trunkId: string,
  at: number,
): string | null {
  const [first] = numbers
    .filter((row) => row.trunkId === trunkId && mayBeShown(row, at))
    .sort((one, other) => (one.callerIdId < other.callerIdId ? -1 : 1));
  return first?.e164 ?? null;
}

/** A rest whose date has passed is over, whether or not the row says so yet. */
function mayBeShown({ refusedBecause, state, schedule }: PoolRow, at: number): boolean {
  if (refusedBecause !== null || state.kind === 'retired') return false;
  if (state.kind === 'resting' && (state.until === null || state.until > at)) return false;
  return shownFrom(schedule, at) <= at;
}
