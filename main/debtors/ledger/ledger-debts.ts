import type { AllocationOrder, DebtComponent, InterestKind } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/index.ts';
import type { Amounts } from './allocation.ts';
import { addDays } from './calendar-date.ts';
import { type CountedInterest, countInterest, type InterestTerms } from './interest.ts';
import type { FirmRate } from './interest-rates.ts';
import { openingOf, openOf } from './open-amounts.ts';

export interface LedgerDebt {
  id: string;
  debtorId: string;
  externalRef: string;
  currency: string;
  principalMinor: number;
  interestMinor: number;
  feesMinor: number;
  paidMinor: number;
  balanceMinor: number;
  dueOn: string | null;
  status: 'open' | 'paid' | 'closed';
  interestKind: InterestKind;
  interestRatePpm: number | null;
  interestFrom: string | null;
  jurisdiction: string;
  /** what of the balance is what; the sum is the balance */
  open: Amounts;
  /** what was paid since it was taken over */
  receivedMinor: number;
  /** interest that was put into the balance, and not taken out again */
  chargedMinor: number;
  terms: InterestTerms;
}

interface DebtRow extends Omit<LedgerDebt, 'open' | 'chargedMinor' | 'terms' | 'receivedMinor'> {}

interface EntryRow {
  debtId: string;
  kind: string;
  component: DebtComponent;
  amountMinor: number;
  /** when it counts for interest */
  on: string;
  /** of a payment that was taken back, or its taking back: for interest it never was */
  undone: number;
}

const DEBT_COLUMNS = `b.id, b.debtorId, b.externalRef, b.currency, b.principalMinor, b.interestMinor, b.feesMinor,
  b.paidMinor, b.balanceMinor, b.dueOn, b.status, b.interestKind, b.interestRatePpm, b.interestFrom,
  d.jurisdiction`;
const ENTRY_COLUMNS = `e.debtId, e.kind, e.component, e.amountMinor,
  coalesce(p.paidOn, date(e.at / 1000, 'unixepoch')) AS "on", p.status IS 'reversed' AS undone`;

/** Debts of a debtor with their entries taken into account. */
export function loadLedgerDebts(
  db: ReadDb,
  debtorId: string,
  order: AllocationOrder,
): LedgerDebt[] {
  const debts = db.all<DebtRow>(
    `SELECT ${DEBT_COLUMNS} FROM debt b JOIN debtor d ON d.id = b.debtorId
     WHERE b.debtorId = ? AND b.deletedAt IS NULL`,
    debtorId,
  );
  const entries = db.all<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM debt b JOIN debtEntry e ON e.debtId = b.id
     LEFT JOIN payment p ON p.id = e.paymentId WHERE b.debtorId = ? AND b.deletedAt IS NULL`,
    debtorId,
  );
  return debts.map((debt) => {
    const own = entries.filter((entry) => entry.debtId === debt.id);
    return toLedgerDebt(debt, own, order);
  });
}

export function loadLedgerDebt(
  db: ReadDb,
  debtId: string,
  order: AllocationOrder,
): LedgerDebt | null {
  const debt = db.get<DebtRow>(
    `SELECT ${DEBT_COLUMNS} FROM debt b JOIN debtor d ON d.id = b.debtorId
     WHERE b.id = ? AND b.deletedAt IS NULL`,
    debtId,
  );
  if (!debt) return null;
  const entries = db.all<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM debtEntry e LEFT JOIN payment p ON p.id = e.paymentId
     WHERE e.debtId = ?`,
    debtId,
  );
  return toLedgerDebt(debt, entries, order);
}

/** Sum of the entries of one debt: its balance is what it was taken over with, and this. */
export function entriesMinor(db: ReadDb, debtId: string): number {
  const row = db.get<{ sum: number }>(
    'SELECT coalesce(sum(amountMinor), 0) AS sum FROM debtEntry WHERE debtId = ?',
    debtId,
  );
  return row?.sum ?? 0;
}

/** Interest that has run up to and with `onDate`, and how much of it is not in the balance yet. */
export function accruedInterest(
  debt: LedgerDebt,
  onDate: string,
  firm: readonly FirmRate[],
): CountedInterest & { accruedMinor: number | null } {
  const counted =
    debt.status === 'closed'
      ? countInterest({ ...debt.terms, kind: 'none' }, onDate)
      : countInterest(debt.terms, onDate, firm);
  const accruedMinor =
    counted.interestMinor === null ? null : Math.max(0, counted.interestMinor - debt.chargedMinor);
  return { ...counted, accruedMinor: debt.status === 'closed' ? 0 : accruedMinor };
}

function toLedgerDebt(
  debt: DebtRow,
  entries: readonly EntryRow[],
  order: AllocationOrder,
): LedgerDebt {
  const sums: Amounts = { principal: 0, interest: 0, fees: 0 };
  for (const { component, amountMinor } of entries) sums[component] += amountMinor;
  const total = sums.principal + sums.interest + sums.fees;
  const opening = openingOf(debt, total, order);
  const counted = entries.filter((entry) => entry.undone === 0);
  const sumOfKind = (kind: string) =>
    counted
      .filter((entry) => entry.kind === kind)
      .reduce((sum, entry) => sum + entry.amountMinor, 0);
  return {
    ...debt,
    open: openOf(opening, sums),
    receivedMinor: -sumOfKind('payment'),
    chargedMinor: sumOfKind('interest'),
    terms: {
      kind: debt.interestKind,
      ratePpm: debt.interestRatePpm,
      jurisdiction: debt.jurisdiction,
      from: interestStart(debt),
      principalMinor: opening.principal,
      changes: counted
        .filter((entry) => entry.component === 'principal')
        .map(({ on, amountMinor }) => ({ on, amountMinor }))
        .sort((one, other) => (one.on < other.on ? -1 : 1)),
    },
  };
}

/**
 * The day after the due date, unless it is given. Where the creditor brought interest along and did not say up to when
 * it was counted, nothing is counted: it would be asked for twice.
 */
function interestStart(debt: DebtRow): string | null {
  if (debt.interestFrom !== null) return debt.interestFrom;
  if (debt.dueOn === null || debt.interestMinor > 0) return null;
  return addDays(debt.dueOn, 1);
}
