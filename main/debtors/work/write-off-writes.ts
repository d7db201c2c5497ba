import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { allocate } from '../ledger/allocation.ts';
import { type LedgerDebt, loadLedgerDebt } from '../ledger/ledger-debts.ts';
import { owedOf } from '../ledger/open-amounts.ts';
import { writeEntries } from '../ledger/write-entries.ts';
import { leaveTrace } from './leave-trace.ts';
import { requireRow } from './require-debtor.ts';
import { allocationOrderOf } from './work-settings.ts';

export const writeOffWrites = {
  'write-off.propose': propose,
  'write-off.decide': decide,
  'write-off.withdraw': withdraw,
} satisfies WriteMap;

interface WriteOffRow {
  id: string;
  debtorId: string;
  debtId: string;
  amountMinor: number;
  currency: string;
  status: string;
  proposedBy: string | null;
}

function propose(
  db: WriteDb,
  context: WriteContext,
  input: { debtId: string; amountMinor: number; reason: string; personId: string | null },
): { writeOffId: string; debtorId: string } {
  const debt = requireDebt(db, input.debtId);
  if (debt.status !== 'open') throw new AppError('work.debt-not-open', 'this debt is not open');
  assertNotMore(debt, input.amountMinor);
  const waiting = db.get(
    `SELECT 1 FROM writeOff WHERE debtorId = ? AND debtId = ? AND status = 'proposed' AND deletedAt IS NULL`,
    debt.debtorId,
    debt.id,
  );
  if (waiting) throw new AppError('write-off.already-proposed', 'one waits for its decision');
  const writeOffId = context.newId();
  const { debtorId, currency } = debt;
  const { amountMinor, reason, personId } = input;
  db.insert('writeOff', {
    id: writeOffId,
    debtorId,
    debtId: debt.id,
    amountMinor,
    currency,
    reason,
    status: 'proposed',
    proposedBy: personId,
    createdAt: context.now,
  });
  const what = 'write-off.proposed';
  leaveTrace(db, context, {
    ...{ debtorId, debtId: debt.id, personId, what, amountMinor, currency, note: reason },
  });
  return { writeOffId, debtorId };
}

/** @throws AppError `work.already-ended`, `write-off.own`, `write-off.more-than-debt` (it was paid meanwhile) */
function decide(
  db: WriteDb,
  context: WriteContext,
  input: {
    writeOffId: string;
    approve: boolean;
    note?: string | undefined;
    personId: string | null;
  },
): { debtorId: string } {
  const writeOff = requireProposed(db, input.writeOffId);
  assertNotOwn(db, writeOff, input.personId);
  const { debtId, amountMinor, currency } = writeOff;
  const debt = requireDebt(db, debtId);
  if (input.approve) {
    assertNotMore(debt, amountMinor);
    writeEntries(db, context, entriesOf(db, debt, writeOff, input.personId));
  }
  db.update('writeOff', writeOff.id, {
    status: input.approve ? 'approved' : 'rejected',
    decidedBy: input.personId,
    decidedAt: context.now,
    decisionNote: input.note ?? null,
  });
  leaveTrace(db, context, {
    debtorId: writeOff.debtorId,
    debtId,
    personId: input.personId,
    what: input.approve ? 'write-off.approved' : 'write-off.rejected',
    amountMinor,
    currency,
    note: input.note,
  });
  return { debtorId: writeOff.debtorId };
}

/** Four eyes see more: who proposed it decides only where nobody else may. */
function assertNotOwn(db: WriteDb, writeOff: WriteOffRow, personId: string | null): void {
  if (personId === null || writeOff.proposedBy !== personId) return;
  const other = db.get(
    `SELECT 1 FROM person WHERE role IN ('lead', 'admin') AND active = 1 AND deletedAt IS NULL AND id <> ? LIMIT 1`,
    personId,
  );
  if (other) throw new AppError('write-off.own', 'somebody else decides about it');
}

/** What goes first in a payment goes first here: fees and interest before the principal. */
function entriesOf(db: WriteDb, debt: LedgerDebt, writeOff: WriteOffRow, personId: string | null) {
  const order = allocationOrderOf(db);
  const owed = owedOf(debt.open, order.components);
  const { parts } = allocate(
    writeOff.amountMinor,
    [{ debtId: debt.id, dueOn: debt.dueOn, owed }],
    order,
  );
  return parts.map(({ debtId, component, amountMinor }) => ({
    debtId,
    component,
    amountMinor: -amountMinor,
    kind: 'writeOff' as const,
    writeOffId: writeOff.id,
    personId,
  }));
}

function withdraw(
  db: WriteDb,
  context: WriteContext,
  input: { writeOffId: string; personId: string | null },
): { debtorId: string } {
  const writeOff = requireProposed(db, input.writeOffId);
  const { debtorId, debtId, amountMinor, currency } = writeOff;
  db.update('writeOff', writeOff.id, { status: 'withdrawn' });
  const { personId } = input;
  const what = 'write-off.withdrawn';
  leaveTrace(db, context, { debtorId, debtId, personId, what, amountMinor, currency });
  return { debtorId };
}

function requireProposed(db: WriteDb, writeOffId: string): WriteOffRow {
  const row = requireRow<WriteOffRow>(
    db,
    `SELECT id, debtorId, debtId, amountMinor, currency, status, proposedBy FROM writeOff
     WHERE id = ? AND deletedAt IS NULL`,
    writeOffId,
  );
  if (row.status !== 'proposed') throw new AppError('work.already-ended', 'this was decided');
  return row;
}

function requireDebt(db: WriteDb, debtId: string): LedgerDebt {
  const debt = loadLedgerDebt(db, debtId, allocationOrderOf(db));
  if (!debt) throw new AppError('contract.not-found', 'no such debt');
  return debt;
}

function assertNotMore(debt: LedgerDebt, amountMinor: number): void {
  if (amountMinor <= debt.balanceMinor) return;
  throw new AppError('write-off.more-than-debt', 'more than is owed', {
    details: { balanceMinor: debt.balanceMinor },
  });
}
