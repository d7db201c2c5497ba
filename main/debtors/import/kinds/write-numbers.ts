import type { WriteContext, WriteDb } from '../../../store/index.ts';
import { keepBefore } from '../import-before.ts';
import { type KindChunkParts, type KindCounts, noCounts } from './kind-chunk.ts';
import type { NumbersRecord } from './kind-records.ts';

const KNOWN =
  'SELECT id FROM doNotCall WHERE number = ? AND list = ? AND deletedAt IS NULL LIMIT 1';
const COLUMNS = ['id', 'list', 'number', 'importJobId', 'createdAt'] as const;

/** Puts numbers on a list. A row counts as new when one of its numbers is. */
export function writeNumbers({
  db,
  context,
  chunk,
  records,
}: KindChunkParts<NumbersRecord>): KindCounts {
  const { importJobId, listName, replaceList, dryRun } = chunk;
  const insert = db.inserter('doNotCall', COLUMNS);
  const counts = noCounts();
  for (const numbers of records) {
    let isNew = false;
    for (const number of numbers) {
      const known = db.get<{ id: string }>(KNOWN, number, listName);
      if (known === undefined) isNew = true;
      if (dryRun) continue;
      if (known === undefined) {
        insert([context.newId(), listName, number, importJobId, context.now]);
      } else if (replaceList) {
        db.run(
          'INSERT OR IGNORE INTO importSeen (importJobId, rowId) VALUES (?, ?)',
          importJobId,
          known.id,
        );
      }
    }
    if (isNew) counts.imported += 1;
    else counts.unchanged += 1;
  }
  return counts;
}

export interface SweepStep {
  importJobId: string;
  listName: string;
  /** the last row that was looked at; empty: none yet */
  after: string;
}

const ROWS_IN_A_STEP = 500;
const WINDOW = `SELECT id, list, importJobId, deletedAt,
    EXISTS (SELECT 1 FROM importSeen s WHERE s.importJobId = ? AND s.rowId = doNotCall.id) AS isSeen
  FROM doNotCall WHERE id > ? ORDER BY id LIMIT ?`;

interface WindowRow {
  id: string;
  list: string;
  importJobId: string | null;
  deletedAt: number | null;
  isSeen: number;
}

/**
 * One step of replacing a list: numbers of it that the file did not hold leave it. What leaves is kept with the job, so
 * that an undo brings it back.
 * @returns where the next step begins; null: the list is what the file was
 */
export function sweepList(
  db: WriteDb,
  context: WriteContext,
  { importJobId, listName, after }: SweepStep,
): { after: string | null } {
  const rows = db.all<WindowRow>(WINDOW, importJobId, after, ROWS_IN_A_STEP);
  const chunk = db.beginChunk('replace list');
  for (const row of rows) {
    const isOfList = row.list === listName && row.deletedAt === null;
    if (!isOfList || row.importJobId === importJobId || row.isSeen === 1) continue;
    keepBefore(db, importJobId, 'doNotCall', row.id, { deletedAt: [null, context.now] });
    db.remove('doNotCall', row.id);
  }
  chunk.end();
  const last = rows.at(-1);
  if (last !== undefined) return { after: last.id };
  db.run('DELETE FROM importSeen WHERE importJobId = ?', importJobId);
  return { after: null };
}
