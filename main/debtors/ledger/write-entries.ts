import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';

export interface NewEntry {
  debtId: string;
  kind: 'payment' | 'reversal' | 'interest' | 'fee' | 'correction' | 'writeOff';
  component: 'principal' | 'interest' | 'fees';
  /** added to the balance: below zero it lowers it */
  amountMinor: number;
  paymentId?: string | null;
  writeOffId?: string | null;
  importJobId?: string | null;
  personId?: string | null;
  note?: string | null;
}

interface DebtRow {
  id: string;
  debtorId: string;
  balanceMinor: number;
  status: 'open' | 'paid' | 'closed';
}

/** The only way in which a balance changes, but for the creditor's own files. Entries of one debt go in together. */
export function writeEntries(
  db: WriteDb,
  context: WriteContext,
  entries: readonly NewEntry[],
): void {
  for (const debtId of new Set(entries.map((entry) => entry.debtId))) {
    const own = entries.filter((entry) => entry.debtId === debtId && entry.amountMinor !== 0);
    if (own.length > 0) writeForDebt(db, context, debtId, own);
  }
}

function writeForDebt(
  db: WriteDb,
  context: WriteContext,
  debtId: string,
  entries: readonly NewEntry[],
): void {
  const debt = db.get<DebtRow>(
    'SELECT id, debtorId, balanceMinor, status FROM debt WHERE id = ?',
    debtId,
  );
  if (!debt) throw new AppError('contract.not-found', 'no such debt');
  for (const entry of entries) {
    db.insert('debtEntry', {
      id: context.newId(),
      ...entry,
      debtorId: debt.debtorId,
      at: context.now,
    });
  }
  const sumMinor = entries.reduce((sum, entry) => sum + entry.amountMinor, 0);
  const balanceMinor = debt.balanceMinor + sumMinor;
  const isWriteOff = entries.some((entry) => entry.kind === 'writeOff');
  db.update('debt', debtId, { balanceMinor, status: statusAfter(debt, balanceMinor, isWriteOff) });
}

/** A debt that its creditor closed with money owed stays closed. */
function statusAfter(debt: DebtRow, balanceMinor: number, isWriteOff: boolean): DebtRow['status'] {
  if (balanceMinor > 0)
    return debt.status === 'closed' && debt.balanceMinor > 0 ? 'closed' : 'open';
  if (debt.status === 'closed') return 'closed';
  return isWriteOff ? 'closed' : 'paid';
}
