import type { SqlValue, WriteDb } from '../../store/index.ts';

/** What an import changed in one row: each column as it was before the job, and as the job left it. */
export type ImportChanges = Record<string, [before: SqlValue, imported: SqlValue]>;

/**
 * Keeps what a row was before an import changes it. A second change of the same job leaves the first `before`. Call it
 * for rows that the job did not make itself: those are taken away whole.
 */
export function keepBefore(
  db: WriteDb,
  importJobId: string,
  tableName: string,
  rowId: string,
  changes: ImportChanges,
): void {
  const known = db.get<{ beforeJson: string }>(
    'SELECT beforeJson FROM importBefore WHERE importJobId = ? AND tableName = ? AND rowId = ?',
    importJobId,
    tableName,
    rowId,
  );
  const kept: ImportChanges = known ? (JSON.parse(known.beforeJson) as ImportChanges) : {};
  for (const [column, [before, imported]] of Object.entries(changes)) {
    kept[column] = [kept[column]?.[0] ?? before, imported];
  }
  db.run(
    'INSERT OR REPLACE INTO importBefore (importJobId, tableName, rowId, beforeJson) VALUES (?, ?, ?, ?)',
    importJobId,
    tableName,
    rowId,
    JSON.stringify(kept),
  );
}
