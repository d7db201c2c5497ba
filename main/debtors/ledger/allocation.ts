import type { AllocationOrder, DebtComponent } from '#shared/contract/index.ts';

export type Amounts = Record<DebtComponent, number>;

/** What one debt is owed, as an allocation sees it. */
export interface OwedDebt {
  debtId: string;
  dueOn: string | null;
  /** of its components, none below zero */
  owed: Amounts;
}

export interface AllocatedPart {
  debtId: string;
  component: DebtComponent;
  amountMinor: number;
}

/**
 * Where the law gives an order it is this: PL Civil Code art. 451 (what is due beside the principal first, the debt
 * that fell due first), DE BGB §§ 366 II, 367 (costs, interest, principal; the oldest), and the like elsewhere.
 */
export const LAWFUL_ORDER: AllocationOrder = {
  components: ['fees', 'interest', 'principal'],
  debts: 'oldestFirst',
  across: 'debtsFirst',
};

/**
 * Spreads a payment over what is owed.
 * @param first debts that the payer named: they come before all others, in this order
 * @returns the parts, and what is left when everything is paid
 */
export function allocate(
  amountMinor: number,
  debts: readonly OwedDebt[],
  order: AllocationOrder,
  first: readonly string[] = [],
): { parts: AllocatedPart[]; restMinor: number } {
  const ordered = orderDebts(debts, order, first);
  const parts: AllocatedPart[] = [];
  let restMinor = amountMinor;
  for (const [debt, component] of stepsOf(ordered, order)) {
    const taken = Math.min(restMinor, Math.max(0, debt.owed[component]));
    if (taken <= 0) continue;
    parts.push({ debtId: debt.debtId, component, amountMinor: taken });
    restMinor -= taken;
  }
  return { parts, restMinor };
}

function orderDebts(
  debts: readonly OwedDebt[],
  order: AllocationOrder,
  first: readonly string[],
): OwedDebt[] {
  const place = (debt: OwedDebt) => {
    const named = first.indexOf(debt.debtId);
    return named < 0 ? first.length : named;
  };
  return [...debts].sort(
    (one, other) => place(one) - place(other) || byOrder(one, other, order.debts),
  );
}

function byOrder(one: OwedDebt, other: OwedDebt, order: AllocationOrder['debts']): number {
  const bySize = sumOf(one.owed) - sumOf(other.owed);
  const bySizeWanted = order === 'oldestFirst' ? 0 : order === 'smallestFirst' ? bySize : -bySize;
  return bySizeWanted || byAge(one, other);
}

/** A debt without a date stands behind those that have one; ids decide the rest. */
function byAge(one: OwedDebt, other: OwedDebt): number {
  const [date, otherDate] = [one.dueOn ?? '9999', other.dueOn ?? '9999'];
  if (date !== otherDate) return date < otherDate ? -1 : 1;
  return one.debtId < other.debtId ? -1 : 1;
}

function stepsOf(debts: readonly OwedDebt[], order: AllocationOrder): [OwedDebt, DebtComponent][] {
  if (order.across === 'debtsFirst') {
    return debts.flatMap((debt) =>
      order.components.map((component): [OwedDebt, DebtComponent] => [debt, component]),
    );
  }
  return order.components.flatMap((component) =>
    debts.map((debt): [OwedDebt, DebtComponent] => [debt, component]),
  );
}

export function sumOf(amounts: Amounts): number {
  return amounts.fees + amounts.interest + amounts.principal;
}
