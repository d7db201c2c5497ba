import { addDays } from '../ledger/calendar-date.ts';
import type { Receipt } from '../promises/settle-promises.ts';

export interface PlanInstalment {
  id: string;
  dueOn: string;
  amountMinor: number;
}

export interface PlanFacts {
  id: string;
  currency: string;
  debtIds: readonly string[];
  /** what was paid before does not count */
  madeOn: string;
  /** the day on which it was found broken; null while it runs */
  brokenOn: string | null;
  /** in the order of their dates */
  instalments: readonly PlanInstalment[];
}

export interface SettledInstalment {
  paidMinor: number;
  status: 'open' | 'paid' | 'late';
}

export interface SettledPlan {
  status: 'active' | 'kept' | 'broken';
  instalments: Map<string, SettledInstalment>;
}

export interface PlanTerms {
  graceDays: number;
  brokenAfterDays: number;
}

/**
 * What payments to its debts say of a plan: they fill the instalments one after another. A plan that broke stays so,
 * unless a payment turns up that had arrived before; one that is paid in the end is kept.
 */
export function settlePlan(
  plan: PlanFacts,
  receipts: readonly Receipt[],
  today: string,
  terms: PlanTerms,
): SettledPlan {
  const paidBy = (day: string) =>
    receipts
      .filter((receipt) => receipt.currency === plan.currency && receipt.id > plan.id)
      .filter((receipt) => receipt.paidOn >= plan.madeOn && receipt.paidOn <= day)
      .reduce((sum, receipt) => sum + paidTo(receipt, plan.debtIds), 0);
  const instalments = fill(plan.instalments, paidBy('9999-12-31'), today, terms.graceDays);
  const isPaid = [...instalments.values()].every((each) => each.status === 'paid');
  if (isPaid) return { status: 'kept', instalments };
  const { brokenOn } = plan;
  if (brokenOn !== null && isBroken(plan, paidBy(addDays(brokenOn, -1)), brokenOn, terms)) {
    return { status: 'broken', instalments };
  }
  const broken = isBroken(plan, paidBy(today), today, terms);
  return { status: broken ? 'broken' : 'active', instalments };
}

function paidTo(receipt: Receipt, debtIds: readonly string[]): number {
  return debtIds.reduce((sum, debtId) => sum + (receipt.byDebt[debtId] ?? 0), 0);
}

function fill(
  instalments: readonly PlanInstalment[],
  paidMinor: number,
  today: string,
  graceDays: number,
): Map<string, SettledInstalment> {
  let rest = paidMinor;
  return new Map(
    instalments.map(({ id, dueOn, amountMinor }) => {
      const taken = Math.min(rest, amountMinor);
      rest -= taken;
      const isLate = today > addDays(dueOn, graceDays);
      const status = taken >= amountMinor ? 'paid' : isLate ? 'late' : 'open';
      return [id, { paidMinor: taken, status }];
    }),
  );
}

/** The oldest instalment that is not paid whole is late by more days than are borne. */
function isBroken(plan: PlanFacts, paidMinor: number, day: string, terms: PlanTerms): boolean {
  const filled = fill(plan.instalments, paidMinor, day, terms.graceDays);
  const oldest = plan.instalments.find(({ id }) => filled.get(id)?.status !== 'paid');
  return oldest !== undefined && day > addDays(oldest.dueOn, terms.brokenAfterDays);
}
