import type { CommandInput, CommandOutput, DebtorCard } from '#shared/contract/index.ts';
import type { DebtId } from '#shared/domain/index.ts';
import { formatAmount, isoDateFrom, parseAmount } from '../../app/format/index.ts';
import { openDebts } from './promise-draft.ts';

export type PlanPreview = CommandOutput<'plan.preview'>;
export type PlanInput = CommandInput<'plan.preview'>;

/** A plan as it is typed. */
export interface PlanDraft {
  debtIds: readonly string[];
  mode: 'equal' | 'custom';
  /** equal: so many, or as many as this amount needs */
  by: 'count' | 'amount';
  count: string;
  amount: string;
  every: 'week' | 'twoWeeks' | 'month';
  firstOn: string;
  downPayment: string;
  rows: readonly PlanRow[];
}

export interface PlanRow {
  dueOn: string;
  amount: string;
}

/** what is missing before the engine can be asked */
export type PlanNeed = 'debts' | 'count' | 'amount' | 'down-payment' | 'first-on' | 'rows';

/** Debts that can be in one plan with the first one: open, and of its currency. */
export function planDebts(card: DebtorCard): ReturnType<typeof openDebts> {
  const open = openDebts(card);
  const currency = open[0]?.currency;
  return open.filter((debt) => debt.currency === currency);
}

/** A plan to start from: all debts of one currency in six months, the first in two weeks. */
export function proposePlan(card: DebtorCard, now: number): PlanDraft {
  return {
    debtIds: planDebts(card).map((debt) => debt.debtId),
    mode: 'equal',
    by: 'count',
    count: '6',
    amount: '',
    every: 'month',
    firstOn: isoDateFrom(now, 14),
    downPayment: '',
    rows: [],
  };
}

/** The next such day of a month after today: the day on which wages or a pension come. */
export function nextDayOfMonth(day: number, now: number): string {
  const today = new Date(now);
  const inMonth = (monthsOn: number): Date => {
    const year = today.getFullYear();
    const month = today.getMonth() + monthsOn;
    const last = new Date(year, month + 1, 0).getDate();
    return new Date(year, month, Math.min(day, last), 12);
  };
  const own = inMonth(0);
  return isoDateFrom((own.getDate() > today.getDate() ? own : inMonth(1)).getTime(), 0);
}

/** The question to the engine, or what is missing for it. */
export function planInput(
  draft: PlanDraft,
  card: DebtorCard,
): { input: PlanInput; need: null } | { input: null; need: PlanNeed } {
  const debts = planDebts(card).filter((debt) => draft.debtIds.includes(debt.debtId));
  const currency = debts[0]?.currency;
  if (currency === undefined) return { input: null, need: 'debts' };
  const parts = draft.mode === 'equal' ? equalParts(draft, currency) : customParts(draft, currency);
  if ('need' in parts) return { input: null, need: parts.need };
  return {
    need: null,
    input: {
      debtorId: card.debtorId,
      debtIds: debts.map((debt) => debt.debtId as DebtId),
      currency,
      parts: parts.parts,
    },
  };
}

type Parts = { parts: PlanInput['parts'] } | { need: PlanNeed };

function equalParts(draft: PlanDraft, currency: string): Parts {
  const { every, firstOn, by } = draft;
  if (!isDate(firstOn)) return { need: 'first-on' };
  const count = Number(draft.count);
  const amountMinor = parseAmount(draft.amount, currency);
  if (by === 'count' && !(Number.isInteger(count) && count >= 1 && count <= 120)) {
    return { need: 'count' };
  }
  if (by === 'amount' && amountMinor === null) return { need: 'amount' };
  const downPaymentMinor = draft.downPayment.trim()
    ? parseAmount(draft.downPayment, currency)
    : undefined;
  if (downPaymentMinor === null) return { need: 'down-payment' };
  return {
    parts: {
      kind: 'equal',
      firstOn,
      every,
      ...(by === 'count' ? { count } : {}),
      ...(by === 'amount' && amountMinor !== null ? { amountMinor } : {}),
      ...(downPaymentMinor === undefined ? {} : { downPaymentMinor }),
    },
  };
}

function customParts(draft: PlanDraft, currency: string): Parts {
  const instalments = draft.rows.flatMap(({ dueOn, amount }) => {
    const amountMinor = parseAmount(amount, currency);
    return amountMinor === null || !isDate(dueOn) ? [] : [{ dueOn, amountMinor }];
  });
  if (instalments.length === 0 || instalments.length < draft.rows.length) return { need: 'rows' };
  return { parts: { kind: 'custom', instalments } };
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

/** A computed schedule as rows that can be changed one by one. */
export function rowsOf(preview: PlanPreview, currency: string, locale: string): PlanRow[] {
  return preview.instalments.map(({ dueOn, amountMinor }) => ({
    dueOn,
    amount: formatAmount({ amountMinor, currency }, locale),
  }));
}

/** One more row: a month after the last, of the same amount. */
export function withNextRow(rows: readonly PlanRow[], now: number): PlanRow[] {
  const last = rows.at(-1);
  if (last === undefined || !isDate(last.dueOn)) {
    return [...rows, { dueOn: isoDateFrom(now, 14), amount: '' }];
  }
  const [year = 0, month = 1, day = 1] = last.dueOn.split('-').map(Number);
  const lastDay = new Date(year, month + 1, 0).getDate();
  const next = new Date(year, month, Math.min(day, lastDay), 12);
  return [...rows, { dueOn: isoDateFrom(next.getTime(), 0), amount: last.amount }];
}

/** The last row takes what the others leave, so that the sum is right; unchanged where they leave nothing. */
export function withRestInLast(
  rows: readonly PlanRow[],
  totalMinor: number,
  currency: string,
  locale: string,
): PlanRow[] {
  const others = rows.slice(0, -1);
  const sum = others.reduce((total, { amount }) => total + (parseAmount(amount, currency) ?? 0), 0);
  const last = rows.at(-1);
  if (last === undefined || sum >= totalMinor) return [...rows];
  const amount = formatAmount({ amountMinor: totalMinor - sum, currency }, locale);
  return [...others, { ...last, amount }];
}
