import type { ReadDb } from '../../store/types.ts';
import { callableOf, dueCallbacks, dueSilent } from '../lists/index.ts';
import type { PromisedCall } from '../types.ts';

type Promised = Omit<PromisedCall, 'numbers' | 'debtId'>;

/**
 * Callbacks of a campaign that are due by `until`, then people who met silence and may be called again, each the earliest
 * first.
 * @param coolDownMs of the campaign; null: who met silence is not called by it again
 */
export function promisedCalls(
  db: ReadDb,
  campaignId: string,
  question: { now: number; aheadMs: number; coolDownMs: number | null; limit: number },
): PromisedCall[] {
  const { now, aheadMs, coolDownMs, limit } = question;
  const callbacks = dueCallbacks(db, [campaignId], now, aheadMs, limit).map(
    ({ entryId, debtorId, at, nextAt, personId, contactPointId }): Promised => ({
      entryId,
      debtorId,
      kind: 'callback',
      dueAt: Math.max(at, nextAt),
      personId,
      contactPointId,
    }),
  );
  const silent = dueSilent(db, campaignId, now, coolDownMs, limit).map(
    ({ entryId, debtorId, silentAt }): Promised => ({
      entryId,
      debtorId,
      kind: 'silent',
      dueAt: silentAt + (coolDownMs ?? 0),
      personId: null,
      contactPointId: null,
    }),
  );
  const found = [...callbacks, ...silent];
  const callable = callableOf(
    db,
    found.map(({ debtorId }) => debtorId),
  );
  return found.map((call, index) => ({
    ...call,
    numbers: agreedFirst(callable[index]?.numbers ?? [], call.contactPointId),
    debtId: callable[index]?.debtId ?? null,
  }));
}

/** The number that was agreed for the callback, as long as it is in use. */
function agreedFirst(numbers: PromisedCall['numbers'], contactPointId: string | null) {
  const agreed = numbers.filter((number) => number.contactPointId === contactPointId);
  return agreed.length > 0 ? agreed : numbers;
}
