import type { z } from 'zod';
import type { planProblem, WorkSettings } from '#shared/contract/index.ts';
import { addMonths, isCalendarDate } from '../ledger/calendar-date.ts';
import { MOST_INSTALMENTS, type ScheduledInstalment } from './plan-schedule.ts';

export interface PlanProblem {
  problem: z.infer<typeof planProblem>;
  /** of the instalment it is about, from 0 */
  position: number | null;
}

export interface PlanToCheck {
  instalments: readonly ScheduledInstalment[];
  totalMinor: number;
  currency: string;
  debts: readonly { currency: string; status: string; hasPlan: boolean }[];
  /** balance with the interest that runs; null: it cannot be counted, so nobody can say that it is too much */
  owedMinor: number | null;
  today: string;
  settings: WorkSettings;
}

/** What is wrong with a plan; empty when it can be agreed. */
export function checkPlan(plan: PlanToCheck): PlanProblem[] {
  return [...checkDebts(plan), ...checkSum(plan), ...checkDates(plan), ...checkAmounts(plan)];
}

const ofPlan = (problem: PlanProblem['problem']): PlanProblem => ({ problem, position: null });

function checkDebts({ debts, currency }: PlanToCheck): PlanProblem[] {
  return [
    ...(debts.some((debt) => debt.currency !== currency) ? [ofPlan('other-currency')] : []),
    ...(debts.some((debt) => debt.status !== 'open') ? [ofPlan('debt-not-open')] : []),
    ...(debts.some((debt) => debt.hasPlan) ? [ofPlan('has-active-plan')] : []),
  ];
}

function checkSum({ instalments, totalMinor, owedMinor }: PlanToCheck): PlanProblem[] {
  if (instalments.length === 0) return [ofPlan('parts-missing')];
  if (instalments.length > MOST_INSTALMENTS) return [ofPlan('too-many')];
  const sum = instalments.reduce((total, each) => total + each.amountMinor, 0);
  return [
    ...(sum === totalMinor ? [] : [ofPlan('sum-differs')]),
    ...(owedMinor !== null && totalMinor > owedMinor ? [ofPlan('more-than-debt')] : []),
  ];
}

function checkDates({ instalments, today, settings }: PlanToCheck): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const latest = addMonths(today, settings.planLongestMonths);
  instalments.forEach(({ dueOn }, position) => {
    const before = instalments[position - 1]?.dueOn;
    if (dueOn < today || !isCalendarDate(dueOn)) problems.push({ problem: 'date-past', position });
    else if (before !== undefined && dueOn <= before)
      problems.push({ problem: 'dates-not-ascending', position });
    else if (dueOn > latest) problems.push({ problem: 'too-long', position });
  });
  return problems;
}

/** The last one takes the rest, which may be small. */
function checkAmounts({ instalments, settings }: PlanToCheck): PlanProblem[] {
  return instalments.flatMap(({ amountMinor }, position) => {
    const isLast = position === instalments.length - 1 && position > 0;
    const least = isLast ? 1 : settings.minimumInstalmentMinor;
    return amountMinor < least ? [{ problem: 'below-minimum' as const, position }] : [];
  });
}
