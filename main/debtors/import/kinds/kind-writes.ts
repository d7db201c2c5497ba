import { AppError } from '#shared/errors/index.ts';
import { assertNever } from '#shared/util/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../../store/index.ts';
import { rejectsSettingId } from '../rejects-store.ts';
import type { KindChunk, KindChunkParts, KindCounts } from './kind-chunk.ts';
import type {
  EntryRecord,
  HistoryRecord,
  KindRecord,
  NumbersRecord,
  OtherKind,
  PaymentRecord,
} from './kind-records.ts';
import { writeHistory } from './write-history.ts';
import { sweepList, writeNumbers } from './write-numbers.ts';
import { writeEntries, writePayments } from './write-payments.ts';

export interface StartKind {
  kind: OtherKind;
  fileName: string;
  fileSha256: string;
  /** with `listName` beside what a mapping has, for lists of jobs */
  mappingJson: string;
  personId: string | null;
  portfolioId: string | null;
  /** key of the job's rejects file; absent: that file is not the store's */
  rejectsKeyHex?: string | undefined;
}

export interface KindChunkDone extends KindCounts {
  ignored: number;
  tookMs: number;
}

/** Writes of imports of other kinds, for the writer thread. */
export const kindWrites = {
  'kinds.start': start,
  'kinds.startDryRun': startDryRun,
  'kinds.chunk': writeChunk,
  'kinds.sweep': sweepList,
} satisfies WriteMap;

function start(
  db: WriteDb,
  context: WriteContext,
  { rejectsKeyHex, ...job }: StartKind,
): { importJobId: string; portfolioId: string | null } {
  assertPortfolio(db, job.portfolioId);
  const importJobId = context.newId();
  db.insert('importJob', { id: importJobId, ...job, state: 'running', startedAt: context.now });
  if (rejectsKeyHex !== undefined) {
    db.insert('setting', {
      id: rejectsSettingId(importJobId),
      valueJson: JSON.stringify({ keyHex: rejectsKeyHex }),
      updatedAt: context.now,
    });
  }
  return { importJobId, portfolioId: job.portfolioId };
}

function startDryRun(
  db: WriteDb,
  context: WriteContext,
  { portfolioId }: { portfolioId: string | null },
): { importJobId: string; portfolioId: string | null } {
  assertPortfolio(db, portfolioId);
  return { importJobId: context.newId(), portfolioId };
}

function assertPortfolio(db: WriteDb, portfolioId: string | null): void {
  if (portfolioId === null) return;
  const row = db.get('SELECT 1 FROM portfolio WHERE id = ? AND deletedAt IS NULL', portfolioId);
  if (!row) throw new AppError('contract.not-found', 'no such portfolio');
}

/** Writes some records and counts them in the job, in one transaction. */
function writeChunk(db: WriteDb, context: WriteContext, input: KindChunk): KindChunkDone {
  const startedMs = performance.now();
  const records = JSON.parse(input.recordsJson) as KindRecord[];
  const parts = { db, context, chunk: input, records };
  const group = input.dryRun ? null : db.beginChunk('import');
  const counts = writeRecords(parts);
  if (!input.dryRun) addToJob(db, input, counts);
  group?.end();
  return { ...counts, ignored: input.ignored, tookMs: performance.now() - startedMs };
}

function writeRecords(parts: KindChunkParts<KindRecord>): KindCounts {
  const { kind } = parts.chunk;
  switch (kind) {
    case 'payments':
      return writePayments(parts as KindChunkParts<PaymentRecord>);
    case 'bankStatement':
      return writeEntries(parts as KindChunkParts<EntryRecord>);
    case 'agencyHistory':
      return writeHistory(parts as KindChunkParts<HistoryRecord>);
    case 'doNotCall':
      return writeNumbers(parts as KindChunkParts<NumbersRecord>);
    default:
      return assertNever(kind, 'kind of import');
  }
}

function addToJob(
  db: WriteDb,
  { importJobId, rows, rejected }: KindChunk,
  counts: KindCounts,
): void {
  const job = db.get<{ imported: number; updated: number; unchanged: number }>(
    'SELECT imported, updated, unchanged FROM importJob WHERE id = ?',
    importJobId,
  );
  db.update('importJob', importJobId, {
    rows,
    rejected,
    imported: (job?.imported ?? 0) + counts.imported,
    updated: (job?.updated ?? 0) + counts.updated,
    unchanged: (job?.unchanged ?? 0) + counts.unchanged,
  });
}
