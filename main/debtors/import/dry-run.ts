import type { WriteContext, WriteDb } from '../../store/index.ts';
import type { PackedRecord } from './packed-record.ts';
import { type ChunkJob, type RecordCounts, writeRecords } from './write-records.ts';

export interface DryChunk extends ChunkJob {
  /** as in `ImportChunk` */
  recordsJson: string;
}

/**
 * Debts that a dry run would have made so far, by their references, with what was said of them: a later row of the same
 * debt is not new. Kept in the writer's thread while the job runs; numbers, so that a million take some 50 MB.
 */
const seenByJob = new Map<string, Map<number, number>>();

/** Counts what a chunk would do, and writes nothing. */
export function tryChunk(db: WriteDb, context: WriteContext, input: DryChunk): RecordCounts {
  const records = JSON.parse(input.recordsJson) as PackedRecord[];
  let seen = seenByJob.get(input.importJobId);
  if (seen === undefined) {
    seen = new Map();
    seenByJob.set(input.importJobId, seen);
  }
  const counts: RecordCounts = { imported: 0, updated: 0, unchanged: 0 };
  const unseen: PackedRecord[] = [];
  for (const record of records) {
    const key = hash(`${record[0][0]}\u0000${record[1][0]}`);
    const content = hash(JSON.stringify([record[0], record[1], record[2]]));
    const before = seen.get(key);
    seen.set(key, content);
    if (before === undefined) unseen.push(record);
    else if (before === content) counts.unchanged += 1;
    else counts.updated += 1;
  }
  const first = writeRecords({ db: withoutWrites(db), context, job: input }, unseen);
  counts.imported += first.imported;
  counts.updated += first.updated;
  counts.unchanged += first.unchanged;
  return counts;
}

export function endDryRun(importJobId: string): void {
  seenByJob.delete(importJobId);
}

function withoutWrites(db: WriteDb): WriteDb {
  return {
    ...db,
    insert: () => {},
    inserter: () => () => {},
    update: () => {},
    remove: () => {},
    run: () => ({ changes: 0 }),
  };
}

/** Two FNV-1a hashes of 26 bits in one exact number: among a million, two meet once in two thousand files. */
function hash(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9dc5811c;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x01000193) ^ (low >>> 7);
  }
  return (high >>> 6) * 2 ** 26 + (low >>> 6);
}
