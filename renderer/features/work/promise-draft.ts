import type { Debt, DebtorCard } from '#shared/contract/index.ts';
import { isoDateFrom, parseAmount } from '../../app/format/index.ts';

/** A promise as it is typed. */
export interface PromiseDraft {
  amount: string;
  dueOn: string;
  debtId: string;
}

export type PromiseNeed = 'promise-amount' | 'promise-date' | 'promise-too-much';

export function openDebts(card: DebtorCard | null): Debt[] {
  return card?.debts.filter((debt) => debt.status === 'open') ?? [];
}

/** The currency a promise is made in: that of its debt, else of the first open debt. */
export function promiseCurrency(card: DebtorCard | null, debtId: string): string | null {
  const open = openDebts(card);
  return (open.find((debt) => debt.debtId === debtId) ?? open[0])?.currency ?? null;
}

/** A promise to start from: the oldest debt, in a week. Only a proposal: the agent changes it. */
export function proposePromise(card: DebtorCard | null, dueOn: string): PromiseDraft {
  const [first] = [...openDebts(card)].sort((a, b) => (b.daysPastDue ?? 0) - (a.daysPastDue ?? 0));
  return { amount: '', dueOn, debtId: first?.debtId ?? '' };
}

/** What is missing before this promise can be kept. */
export function promiseNeed(
  promise: PromiseDraft | null,
  card: DebtorCard | null,
  today: string,
): PromiseNeed | null {
  const currency = promiseCurrency(card, promise?.debtId ?? '') ?? 'EUR';
  const amountMinor = promise ? parseAmount(promise.amount, currency) : null;
  if (!promise || amountMinor === null) return 'promise-amount';
  const debt = card?.debts.find((one) => one.debtId === promise.debtId);
  if (debt && amountMinor > debt.balanceMinor) return 'promise-too-much';
  return promise.dueOn >= today && promise.dueOn !== '' ? null : 'promise-date';
}

/**
 * Amounts that people agree on: all of it, a half, a third, a quarter. Parts are rounded up to whole ten units, so that
 * the last part is never larger than the others; parts under ten units and equal ones are left out.
 * @returns minor units, largest first
 */
export function suggestAmounts(balanceMinor: number, digits: number): number[] {
  const step = 10 * 10 ** digits;
  const parts = [2, 3, 4].map((count) => Math.ceil(balanceMinor / count / step) * step);
  const sensible = parts.filter((part) => part >= step && part < balanceMinor);
  return balanceMinor > 0 ? [...new Set([balanceMinor, ...sensible])] : [];
}

export interface DateSuggestion {
  kind: 'in-days' | 'end-of-month' | 'next-tenth';
  days: number;
  dueOn: string;
}

/** Days that people agree on: soon, in a week, in two, the end of the month, the tenth (when wages have come). */
export function suggestDates(now: number): DateSuggestion[] {
  const date = new Date(now);
  const dayOf = (monthsOn: number, day: number): string =>
    isoDateFrom(new Date(date.getFullYear(), date.getMonth() + monthsOn, day, 12).getTime(), 0);
  const inDays = [3, 7, 14].map(
    (days): DateSuggestion => ({ kind: 'in-days', days, dueOn: isoDateFrom(now, days) }),
  );
  const endOfMonth = dayOf(1, 0);
  const tenth = dayOf(date.getDate() < 10 ? 0 : 1, 10);
  const today = isoDateFrom(now, 0);
  const all: DateSuggestion[] = [
    ...inDays,
    { kind: 'end-of-month', days: 0, dueOn: endOfMonth },
    { kind: 'next-tenth', days: 0, dueOn: tenth },
  ];
  const seen = new Set<string>([today]);
  return all.filter(({ dueOn }) => !seen.has(dueOn) && seen.add(dueOn));
}
