import { addDays } from '../ledger/calendar-date.ts';

/** A booked payment, as promises and instalments see it. */
export interface Receipt {
  /** ids grow: what was known when a promise was given has a smaller one, and does not count for it */
  id: string;
  paidOn: string;
  currency: string;
  amountMinor: number;
  /** what of it went to which debt */
  byDebt: Readonly<Record<string, number>>;
}

export interface OpenPromise {
  id: string;
  debtId: string | null;
  amountMinor: number;
  currency: string;
  /** the day on which it was given, where the debtor lives: what was paid before does not count */
  madeOn: string;
  dueOn: string;
}

export interface SettledPromise {
  paidMinor: number;
  status: 'open' | 'kept' | 'broken';
}

/**
 * What payments say of promises. Those due first are served first, each payment counts once, and only from the day of
 * the promise to its date and the days of grace (a transfer takes time). From nothing but these facts, so that a
 * payment that is taken back leaves no trace.
 */
export function settlePromises(
  promises: readonly OpenPromise[],
  receipts: readonly Receipt[],
  today: string,
  graceDays: number,
): Map<string, SettledPromise> {
  const purses = receipts
    .map((receipt) => ({ ...receipt, byDebt: { ...receipt.byDebt } as Record<string, number> }))
    .sort((one, other) => (one.paidOn < other.paidOn ? -1 : 1));
  const ordered = [...promises].sort((one, other) =>
    one.dueOn === other.dueOn ? (one.id < other.id ? -1 : 1) : one.dueOn < other.dueOn ? -1 : 1,
  );
  const settled = new Map<string, SettledPromise>();
  for (const promise of ordered) {
    const lastDay = addDays(promise.dueOn, graceDays);
    let paidMinor = 0;
    for (const purse of purses) {
      if (purse.currency !== promise.currency) continue;
      if (purse.id < promise.id || purse.paidOn < promise.madeOn) continue;
      if (purse.paidOn > lastDay) continue;
      paidMinor += take(purse, promise.debtId, promise.amountMinor - paidMinor);
    }
    settled.set(promise.id, { paidMinor, status: statusOf(promise, paidMinor, lastDay, today) });
  }
  return settled;
}

function take(
  purse: { amountMinor: number; byDebt: Record<string, number> },
  debtId: string | null,
  neededMinor: number,
): number {
  const there =
    debtId === null ? purse.amountMinor : Math.min(purse.amountMinor, purse.byDebt[debtId] ?? 0);
  const taken = Math.max(0, Math.min(there, neededMinor));
  purse.amountMinor -= taken;
  if (debtId !== null && taken > 0) purse.byDebt[debtId] = (purse.byDebt[debtId] ?? 0) - taken;
  return taken;
}

function statusOf(
  promise: OpenPromise,
  paidMinor: number,
  lastDay: string,
  today: string,
): SettledPromise['status'] {
  if (paidMinor >= promise.amountMinor) return 'kept';
  return today > lastDay ? 'broken' : 'open';
}
