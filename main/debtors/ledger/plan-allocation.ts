import type { AllocationOrder } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ReadDb } from '../../store/index.ts';
import { allocationOrderOf, readFirmRates } from '../work/work-settings.ts';
import { type AllocatedPart, allocate } from './allocation.ts';
import { accruedInterest, type LedgerDebt, loadLedgerDebts } from './ledger-debts.ts';
import { owedOf } from './open-amounts.ts';

export interface PaymentToAllocate {
  /** the one that was kept, of a merge */
  debtorId: string;
  /** these come first, in this order */
  debtIds?: readonly string[] | undefined;
  amountMinor: number;
  currency: string;
  paidOn: string;
}

export interface PlannedAllocation {
  parts: AllocatedPart[];
  unallocatedMinor: number;
  /** interest that has run up to the payment and is put into the balance with it */
  charges: { debtId: string; amountMinor: number }[];
  debts: LedgerDebt[];
  order: AllocationOrder;
}

/**
 * What a payment would cover. Interest that runs counts as owed up to the day of the payment; of each debt that the
 * payment reaches it is charged whole.
 * @throws AppError `payment.no-such-debt`: a named debt is not this debtor's or has another currency
 */
export function planAllocation(db: ReadDb, payment: PaymentToAllocate): PlannedAllocation {
  const order = allocationOrderOf(db);
  const firm = readFirmRates(db);
  const named = payment.debtIds ?? [];
  const debts = loadLedgerDebts(db, payment.debtorId, order).filter(
    (debt) => debt.currency === payment.currency,
  );
  for (const id of named) {
    if (!debts.some((debt) => debt.id === id)) {
      throw new AppError('payment.no-such-debt', 'no such debt of this debtor and currency');
    }
  }
  const accrued = new Map(
    debts.map((debt) => [debt.id, accruedInterest(debt, payment.paidOn, firm).accruedMinor ?? 0]),
  );
  const owed = debts
    .filter((debt) => debt.status === 'open' && debt.balanceMinor + (accrued.get(debt.id) ?? 0) > 0)
    .map((debt) => {
      const amounts = owedOf(debt.open, order.components);
      const interest = amounts.interest + (accrued.get(debt.id) ?? 0);
      return { debtId: debt.id, dueOn: debt.dueOn, owed: { ...amounts, interest } };
    });
  const { parts, restMinor } = allocate(payment.amountMinor, owed, order, named);
  const reached = new Set(parts.map((part) => part.debtId));
  const charges = [...reached]
    .map((debtId) => ({ debtId, amountMinor: accrued.get(debtId) ?? 0 }))
    .filter((charge) => charge.amountMinor > 0);
  return { parts, unallocatedMinor: restMinor, charges, debts, order };
}
