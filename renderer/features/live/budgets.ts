import type { AbandonmentBudget } from '#shared/contract/index.ts';

const dayMs = 86_400_000;

/** Which window a limit holds over, as people say it. */
export type BudgetWindow = { kind: 'day' } | { kind: 'month' } | { kind: 'days'; days: number };

/** @param budget its `windowFrom` in the reader's zone tells a calendar month from a rolling one */
export function windowOf({
  windowFrom,
  windowTo,
}: Pick<AbandonmentBudget, 'windowFrom' | 'windowTo'>): BudgetWindow {
  const days = (windowTo - windowFrom) / dayMs;
  if (days <= 26 / 24) return { kind: 'day' };
  const from = new Date(windowFrom);
  const startsMonth = from.getDate() === 1 && from.getHours() === 0 && from.getMinutes() === 0;
  if (startsMonth && days <= 31.1) return { kind: 'month' };
  return { kind: 'days', days: Math.round(days) };
}

/** Places on the bar, 0 … 1: the limit stands at three quarters, so that being over it is seen. */
export function budgetScale(budget: AbandonmentBudget): {
  used: number;
  throttle: number;
  limit: number;
} {
  const end = budget.limitPercent / 0.75;
  const place = (percent: number): number =>
    end <= 0 ? (percent > 0 ? 1 : 0) : Math.min(1, Math.max(0, percent / end));
  return {
    used: place(budget.percent ?? 0),
    throttle: place(budget.throttleAtPercent),
    limit: place(budget.limitPercent),
  };
}
