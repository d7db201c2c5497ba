import type { DebtorPast } from './debtor-past.ts';
import { type CaseFacts, dateOf, factsAt } from './features.ts';

/** A call, what was known of the debtor then, and whether money came after it. */
export interface PayCase {
  at: number;
  facts: CaseFacts;
  paid: boolean;
}

/** Money that comes within so long after a call counts as its outcome. */
export const OUTCOME_MS = 30 * 86_400_000;
const MOST_OF_ONE_DEBTOR = 6;

/**
 * The cases of one debtor whose outcome is known: the first call of each stretch of 30 days, so that one payment is the
 * outcome of one case, the newest ones.
 * @param now epoch ms
 */
export function casesOf(past: DebtorPast, now: number): PayCase[] {
  const starts: number[] = [];
  for (const call of past.calls) {
    if (call + OUTCOME_MS > now) break;
    const last = starts.at(-1);
    if (last === undefined || call >= last + OUTCOME_MS) starts.push(call);
  }
  return starts.slice(-MOST_OF_ONE_DEBTOR).map((at) => ({
    at,
    facts: factsAt(past, at),
    paid: paidWithin(past, dateOf(at), dateOf(at + OUTCOME_MS)),
  }));
}

/** A payment of the day itself followed the call: who has paid is not called. */
function paidWithin({ payments }: DebtorPast, from: string, to: string): boolean {
  return payments.some(
    ({ paidOn, amountMinor }) => amountMinor > 0 && paidOn >= from && paidOn < to,
  );
}
