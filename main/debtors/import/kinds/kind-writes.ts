import type { ImportKind } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { assertNever } from '#shared/util/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../../store/index.ts';
import { rejectsSettingId } from '../rejects-store.ts';
import type { KindChunk, KindChunkParts, KindCounts, KindTold } from './kind-chunk.ts';
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

const SELECT_COUNTS = 'SELECT imported, updated, unchanged, toldJson FROM importJob WHERE id = ?';

interface JobCounts {
  imported: number;
  updated: number;
  unchanged: number;
  toldJson: string | null;
}

function addToJob(db: WriteDb, chunk: KindChunk, counts: KindCounts): void {
  const { importJobId, rows, rejected } = chunk;
  const job = db.get<JobCounts>(SELECT_COUNTS, importJobId);
  db.update('importJob', importJobId, {
    rows,
    rejected,
    imported: (job?.imported ?? 0) + counts.imported,
    updated: (job?.updated ?? 0) + counts.updated,
    unchanged: (job?.unchanged ?? 0) + counts.unchanged,
    ...(hasQueue(chunk.kind) ? { toldJson: tellMore(job?.toldJson ?? null, chunk, counts) } : {}),
  });
}

/** Money waits in the queue of the bank where nobody is certain. */
export function hasQueue(kind: ImportKind): boolean {
  return kind === 'payments' || kind === 'bankStatement';
}

function tellMore(before: string | null, chunk: KindChunk, counts: KindCounts): string {
  const told = before === null ? { queued: 0, ignored: 0 } : (JSON.parse(before) as KindTold);
  const { notices } = chunk;
  const more: KindTold = {
    ...told,
    queued: told.queued + counts.queued,
    ignored: told.ignored + chunk.ignored,
    ...(notices.length > 0 ? { notices } : {}),
  };
  return JSON.stringify(more);
}
