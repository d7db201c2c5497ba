import type { SqlValue, WriteContext, WriteDb } from '../../store/index.ts';
import type { ImportChanges } from './import-before.ts';
import type { UndoProgress } from './undo-import.ts';

const ROWS_IN_A_STEP = 40;

const SELECTS = {
  debtor: 'SELECT * FROM debtor WHERE id = ? AND deletedAt IS NULL',
  debt: 'SELECT * FROM debt WHERE id = ? AND deletedAt IS NULL',
} as const;

type Row = Record<string, SqlValue>;

/**
 * Puts back what a job changed, where the row still holds what the job left. What was put back leaves `importBefore`.
 * @returns whether nothing is left
 */
export function restoreRows(
  db: WriteDb,
  context: WriteContext,
  importJobId: string,
  progress: UndoProgress,
): boolean {
  const rows = db.all<{ tableName: string; rowId: string; beforeJson: string }>(
    'SELECT tableName, rowId, beforeJson FROM importBefore WHERE importJobId = ? LIMIT ?',
    importJobId,
    ROWS_IN_A_STEP,
  );
  for (const { tableName, rowId, beforeJson } of rows) {
    const changes = JSON.parse(beforeJson) as ImportChanges;
    if (tableName === 'debtEntry') reverseCorrection(db, context, importJobId, rowId);
    else if (tableName === 'debtor' || tableName === 'debt') {
      restoreRow(db, tableName, rowId, changes, progress);
    }
    db.run(
      'DELETE FROM importBefore WHERE importJobId = ? AND tableName = ? AND rowId = ?',
      importJobId,
      tableName,
      rowId,
    );
  }
  return rows.length === 0;
}

function restoreRow(
  db: WriteDb,
  table: keyof typeof SELECTS,
  rowId: string,
  changes: ImportChanges,
  progress: UndoProgress,
): void {
  const row = db.get<Row>(SELECTS[table], rowId);
  if (row === undefined) return;
  const restored: Row = {};
  let keeps = false;
  for (const [column, [before, imported]] of Object.entries(changes)) {
    if (MONEY.has(column)) continue;
    if (row[column] === imported) restored[column] = before;
    else keeps = true;
  }
  if (table === 'debt' && Object.keys(changes).some((column) => MONEY.has(column))) {
    const money = moneyBefore(row, changes);
    if (money === null) keeps = true;
    else Object.assign(restored, money);
  }
  if (Object.keys(restored).length > 0) {
    db.update(table, rowId, restored);
    progress.restored += 1;
  } else if (keeps) progress.kept += 1;
}

const OPENING = ['principalMinor', 'interestMinor', 'feesMinor', 'paidMinor'] as const;
const MONEY: ReadonlySet<string> = new Set([...OPENING, 'balanceMinor', 'status']);

/**
 * Opening amounts as they were; the balance moves by the same, so that what was booked since stays booked.
 * @returns null when somebody changed them since
 */
function moneyBefore(row: Row, changes: ImportChanges): Row | null {
  const restored: Row = {};
  for (const column of OPENING) {
    const change = changes[column];
    if (change === undefined) continue;
    if (row[column] !== change[1]) return null;
    restored[column] = change[0];
  }
  const [before, imported] = changes.balanceMinor ?? [0, 0];
  const balanceMinor = Number(row.balanceMinor) + Number(before) - Number(imported);
  return { ...restored, balanceMinor, ...statusFor(row, balanceMinor) };
}

function statusFor(row: Row, balanceMinor: number): Row {
  return row.status === 'closed' ? {} : { status: balanceMinor > 0 ? 'open' : 'paid' };
}

/** Entries are facts: a correction is taken back by its opposite. */
function reverseCorrection(
  db: WriteDb,
  context: WriteContext,
  importJobId: string,
  entryId: string,
): void {
  const entry = db.get<{
    debtId: string;
    debtorId: string;
    component: string;
    amountMinor: number;
  }>('SELECT debtId, debtorId, component, amountMinor FROM debtEntry WHERE id = ?', entryId);
  if (entry === undefined) return;
  const debt = db.get<Row>('SELECT * FROM debt WHERE id = ?', entry.debtId);
  if (debt === undefined) return;
  const amountMinor = -entry.amountMinor;
  db.insert('debtEntry', {
    id: context.newId(),
    ...entry,
    amountMinor,
    at: context.now,
    kind: 'correction',
    importJobId,
  });
  const balanceMinor = Number(debt.balanceMinor) + amountMinor;
  db.update('debt', entry.debtId, { balanceMinor, ...statusFor(debt, balanceMinor) });
}
