import { invariant } from '#shared/errors/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { type PersonTable, personTables } from './person-tables.ts';

/** The debtor and everybody who was merged into them, at any depth. */
export function mergedFamily(read: ReadDb, debtorId: string): string[] {
  return read
    .all<{ id: string }>(
      `WITH RECURSIVE family(id) AS (
         SELECT ? UNION SELECT m.mergedDebtorId FROM debtorMerge m JOIN family f ON m.keptDebtorId = f.id
           WHERE m.undoneAt IS NULL AND m.deletedAt IS NULL)
       SELECT id FROM family ORDER BY id`,
      debtorId,
    )
    .map((row) => row.id);
}

/** `WITH who … SELECT`: bind the ids as a JSON array first. Table names are constants of `personTables`. */
export function personRowsSql(table: string, columns: string, rest = ''): string {
  const { rows } = personTable(table);
  return `WITH who(id) AS (SELECT value FROM json_each(?)) SELECT ${columns} FROM ${table} WHERE (${rows}) ${rest}`;
}

export function personTable(table: string): PersonTable {
  const found = personTables[table];
  invariant(found, `${table} is no table of debtors`);
  return found;
}

export function countPersonRows(read: ReadDb, table: string, ids: readonly string[]): number {
  const sql = personRowsSql(table, 'count(*) AS rows');
  return read.get<{ rows: number }>(sql, JSON.stringify(ids))?.rows ?? 0;
}

/** All rows of a debtor in one table, as they are stored but for what is secret. */
export function readPersonRows(
  read: ReadDb,
  table: string,
  ids: readonly string[],
): Record<string, unknown>[] {
  const secret = personTable(table).secret ?? [];
  const rows = read.all<Record<string, unknown>>(personRowsSql(table, '*'), JSON.stringify(ids));
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => !secret.includes(column))),
  );
}

/** Names of the encrypted files of a debtor, also of those whose key is gone already. */
export function readFileNames(
  read: ReadDb,
  table: 'recording' | 'document',
  ids: readonly string[],
): string[] {
  return read
    .all<{ fileName: string }>(personRowsSql(table, 'fileName'), JSON.stringify(ids))
    .map((row) => row.fileName);
}
