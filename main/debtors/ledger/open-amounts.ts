import type { AllocationOrder, DebtComponent } from '#shared/contract/index.ts';
import type { Amounts } from './allocation.ts';

export interface OpeningColumns {
  principalMinor: number;
  interestMinor: number;
  feesMinor: number;
  paidMinor: number;
  /** now: opening amounts and all entries */
  balanceMinor: number;
}

/**
 * What a debt was when it was taken over, by component: the amounts of the creditor less what was paid before, taken in
 * the order in force. A creditor's balance above the sum of its parts (imports warn of it) counts as fees.
 */
export function openingOf(
  debt: OpeningColumns,
  entriesMinor: number,
  order: AllocationOrder,
): Amounts {
  const openingMinor = debt.balanceMinor - entriesMinor;
  const amounts: Amounts = {
    principal: debt.principalMinor,
    interest: debt.interestMinor,
    fees: debt.feesMinor,
  };
  let paidMinor = amounts.principal + amounts.interest + amounts.fees - openingMinor;
  if (paidMinor < 0) amounts.fees -= paidMinor;
  for (const component of order.components) {
    const taken = Math.min(Math.max(0, paidMinor), Math.max(0, amounts[component]));
    amounts[component] -= taken;
    paidMinor -= taken;
  }
  // paid more than all of it: the principal shows it
  if (paidMinor > 0) amounts.principal -= paidMinor;
  return amounts;
}

/** Opening amounts and entries; their sum is the balance. */
export function openOf(opening: Amounts, entries: Readonly<Amounts>): Amounts {
  return {
    principal: opening.principal + entries.principal,
    interest: opening.interest + entries.interest,
    fees: opening.fees + entries.fees,
  };
}

/**
 * The same with no component below zero: what one has too much covers the others, in the order in force. Such a thing
 * happens when a creditor's newer file lowers an amount that was paid here already.
 */
export function owedOf(open: Readonly<Amounts>, components: readonly DebtComponent[]): Amounts {
  const owed = { ...open };
  let surplus = 0;
  for (const component of components) {
    if (owed[component] >= 0) continue;
    surplus -= owed[component];
    owed[component] = 0;
  }
  for (const component of components) {
    const taken = Math.min(surplus, owed[component]);
    owed[component] -= taken;
    surplus -= taken;
  }
  return owed;
}
