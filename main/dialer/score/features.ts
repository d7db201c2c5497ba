import type { DebtorPast } from './debtor-past.ts';

/** What is told of a case in numbers; each can be read by a person. */
export const numberFeatures = [
  /** days past due of the oldest debt, logarithm */
  'age',
  'noDueDate',
  /** what was claimed at first, logarithm */
  'amount',
  'debts',
  'company',
  'paidBefore',
  'paidLately',
  'promisesKept',
  'promisesBroken',
  'promiseOpen',
  'calls',
  'conversations',
  'answerRate',
  'numbers',
] as const;
export type NumberFeature = (typeof numberFeatures)[number];

/** A debtor at an instant, as the model sees them: only what was known then. */
export interface CaseFacts {
  numbers: Record<NumberFeature, number>;
  /** of the oldest debt, as it is spelt in the portfolio, folded */
  debtKind: string;
  country: string;
}

const DAY_MS = 86_400_000;
const LATELY_DAYS = 90;

/** @param at epoch ms */
export function factsAt(past: DebtorPast, at: number): CaseFacts {
  const today = dateOf(at);
  const { debts } = past;
  const dueOn = debts.flatMap((debt) => debt.dueOn ?? []).sort()[0];
  const oldest = debts.find((debt) => debt.dueOn === dueOn) ?? debts[0];
  const before = past.payments.filter(({ paidOn }) => paidOn < today);
  // the balance of today would tell what was paid since
  const claimedMinor = sum(debts.map((debt) => debt.claimedMinor));
  const lately = dateOf(at - LATELY_DAYS * DAY_MS);
  const settled = past.promises.filter(({ settledAt }) => settledAt !== null && settledAt <= at);
  const attempts = past.attempts.filter(({ dialedAt }) => dialedAt < at);
  const answers = attempts.filter(({ answered }) => answered).length;
  return {
    numbers: {
      age: dueOn === undefined ? 0 : Math.log1p(Math.max(0, daysBetween(dueOn, today))),
      noDueDate: dueOn === undefined ? 1 : 0,
      amount: Math.log1p(Math.max(0, claimedMinor) / 100),
      debts: Math.log1p(debts.length),
      company: past.isCompany ? 1 : 0,
      paidBefore: Math.log1p(before.length),
      paidLately: before.some(({ paidOn }) => paidOn >= lately) ? 1 : 0,
      promisesKept: Math.log1p(count(settled, 'kept')),
      promisesBroken: Math.log1p(count(settled, 'broken')),
      promiseOpen: past.promises.some((one) => isOpenAt(one, at, today)) ? 1 : 0,
      calls: Math.log1p(past.calls.filter((call) => call < at).length),
      conversations: Math.log1p(attempts.filter(({ joined }) => joined).length),
      // few tries say little: the rate starts from one answer in ten
      answerRate: (answers + 1) / (attempts.length + 10),
      numbers: Math.log1p(past.numbers.filter((since) => since <= at).length),
    },
    debtKind: (oldest?.debtKind ?? '').trim().toLowerCase(),
    country: past.country,
  };
}

function isOpenAt(
  { createdAt, settledAt, dueOn }: DebtorPast['promises'][number],
  at: number,
  today: string,
): boolean {
  return createdAt < at && (settledAt === null || settledAt > at) && dueOn >= today;
}

function count(promises: DebtorPast['promises'], status: string): number {
  return promises.filter((promise) => promise.status === status).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The calendar date of an instant in UTC: a day more or less says nothing here. */
export function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
