import type { DebtorIndex } from './debtor-index.ts';

/** the column ends here: those that may have more are counted in the store */
const MOST_COUNTED = 255;

/** Debts of a row, in any state. */
export function debtCountAt({ columns, read }: DebtorIndex, row: number): number {
  const count = columns.debtCount[row] ?? 0;
  if (count < MOST_COUNTED) return count;
  const counted = read.get<{ count: number }>(
    'SELECT count(*) AS count FROM debt WHERE debtorId = ? AND deletedAt IS NULL',
    columns.ids.idAt(row),
  );
  return counted?.count ?? 0;
}
