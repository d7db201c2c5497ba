import type { ReadDb } from '../../store/types.ts';

/** Tables in which a wish not to be called can appear; the log of changes names them. */
const WATCHED = [
  'hold',
  'personalBlock',
  'statedPlace',
  'contactPoint',
  'doNotCall',
  'debtor',
  'debtorMerge',
];

/**
 * What stands now in the rows that may take a permission back: another text means that one of them was added, changed or
 * lifted. A debtor who was merged into another has also the rows of that one.
 * @param debtorId null: whoever has the number
 */
export function contactMarks(db: ReadDb, debtorId: string | null, number: string): string {
  const row = db.get<{ marks: string | null }>(
    `WITH RECURSIVE asked (debtorId, number) AS (VALUES (?, ?)), person (id, next) AS (
       SELECT d.id, d.mergedInto FROM asked a JOIN debtor d ON d.id = a.debtorId
       UNION SELECT d.id, d.mergedInto FROM asked a JOIN contactPoint c ON c.value = a.number
         JOIN debtor d ON d.id = c.debtorId WHERE a.debtorId IS NULL
       UNION SELECT d.id, d.mergedInto FROM debtor d JOIN person ON d.id = person.next)
     SELECT group_concat(mark, char(10)) AS marks FROM (
       SELECT concat_ws(' ', id, mergedInto, deletedAt, erasedAt) AS mark FROM debtor
         WHERE id IN (SELECT id FROM person)
       UNION ALL SELECT concat_ws(' ', id, "until", liftedAt, deletedAt) FROM hold
         WHERE debtorId IN (SELECT id FROM person)
       UNION ALL SELECT concat_ws(' ', id, liftedAt, deletedAt) FROM personalBlock
         WHERE debtorId IN (SELECT id FROM person)
       UNION ALL SELECT concat_ws(' ', id, "until", endedAt, deletedAt) FROM statedPlace
         WHERE debtorId IN (SELECT id FROM person)
       UNION ALL SELECT concat_ws(' ', id, status, zoneDoubt, deletedAt) FROM contactPoint
         WHERE debtorId IN (SELECT id FROM person)
       UNION ALL SELECT concat_ws(' ', id, deletedAt) FROM doNotCall WHERE number IN (SELECT number FROM asked))`,
    debtorId,
    number,
  );
  return row?.marks ?? '';
}

/** The newest entry of the log of changes. */
export function newestChange(db: ReadDb): number {
  return db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM change')?.seq ?? 0;
}

/** Whether one of those tables was written after `seq`; a chunk of an import may hold any table. */
export function marksMayHaveChanged(db: ReadDb, seq: number): boolean {
  const row = db.get(
    `SELECT 1 FROM change WHERE seq > ? AND (op = 'chunk' OR tableName IN (SELECT value FROM json_each(?))) LIMIT 1`,
    seq,
    JSON.stringify(WATCHED),
  );
  return row !== undefined;
}
