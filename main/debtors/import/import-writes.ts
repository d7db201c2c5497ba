import type { ImportKind, PriorContact } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { insertPortfolio } from '../writes/portfolio-writes.ts';
import { historyImported } from '../writes/prior-contact.ts';
import { type DryChunk, endDryRun, tryChunk } from './dry-run.ts';
import { kindWrites } from './kinds/kind-writes.ts';
import type { PackedRecord } from './packed-record.ts';
import { rejectsSettingId } from './rejects-store.ts';
import { templateWrites } from './templates/template-writes.ts';
import { type BeginUndo, beginUndo, undoChunk, undoSteps } from './undo-import.ts';
import { type RecordCounts, writeRecords } from './write-records.ts';

export interface StartImport {
  fileName: string;
  fileSha256: string;
  mappingJson: string;
  personId: string | null;
  /** null: the portfolio of this name and creditor, or a new one */
  portfolioId: string | null;
  portfolioName: string;
  creditorName: string;
  synthetic: boolean;
  /** of a portfolio that is new */
  priorContact?: PriorContact | undefined;
  /** key of the job's rejects file; absent: that file is not the store's */
  rejectsKeyHex?: string;
}

export interface ImportChunk {
  importJobId: string;
  portfolioId: string;
  synthetic: boolean;
  /** `PackedRecord[]` as text: it passes the main thread without being taken apart there */
  recordsJson: string;
  /** counts of the whole job up to and with this chunk */
  rows: number;
  rejected: number;
}

export interface EndImport {
  importJobId: string;
  state: 'finished' | 'cancelled' | 'failed';
  error: string | null;
  /** of a history: what is known of the portfolio afterwards; absent: `imported` */
  priorContact?: PriorContact | undefined;
}

/** Writes of imports of every kind, for the writer thread. */
export const importWrites = {
  ...kindWrites,
  ...templateWrites,
  'import.start': start,
  'import.chunk': writeChunk,
  'import.end': (db: WriteDb, context: WriteContext, input: EndImport): void => {
    const { importJobId, state, error, priorContact } = input;
    if (state === 'finished') historyImported(db, context, importJobId, priorContact);
    const lastId = context.newId();
    db.update('importJob', importJobId, { state, error, lastId, finishedAt: context.now });
  },
  'import.recover': recover,
  'import.beginUndo': (db: WriteDb, context: WriteContext, input: BeginUndo): void =>
    beginUndo(db, context, input),
  'import.undoChunk': undoChunk,
  'import.tryChunk': (db: WriteDb, context: WriteContext, input: DryChunk): RecordCounts =>
    tryChunk(db, context, input),
  'import.startDryRun': startDryRun,
  'import.endDryRun': (
    _db: WriteDb,
    _context: WriteContext,
    input: { importJobId: string },
  ): void => endDryRun(input.importJobId),
} satisfies WriteMap;

function start(
  db: WriteDb,
  context: WriteContext,
  input: StartImport,
): { importJobId: string; portfolioId: string; createdPortfolio: boolean } {
  const {
    portfolioId: wanted,
    portfolioName,
    creditorName,
    synthetic,
    priorContact,
    rejectsKeyHex,
    ...job
  } = input;
  const known =
    wanted === null ? findByName(db, portfolioName, creditorName) : requireOne(db, wanted);
  const portfolioId =
    known ??
    insertPortfolio(db, context, { name: portfolioName, creditorName, synthetic, priorContact });
  const importJobId = context.newId();
  db.insert('importJob', {
    id: importJobId,
    portfolioId,
    ...job,
    madePortfolio: known === null,
    state: 'running',
    startedAt: context.now,
  });
  if (rejectsKeyHex !== undefined) {
    db.insert('setting', {
      id: rejectsSettingId(importJobId),
      valueJson: JSON.stringify({ keyHex: rejectsKeyHex }),
      updatedAt: context.now,
    });
  }
  return { importJobId, portfolioId, createdPortfolio: known === null };
}

/** @returns an id for a job that is written nowhere, and the portfolio that it would add to; null: a new one */
function startDryRun(
  db: WriteDb,
  context: WriteContext,
  input: Pick<StartImport, 'portfolioId' | 'portfolioName' | 'creditorName'>,
): { importJobId: string; portfolioId: string | null } {
  const { portfolioId: wanted, portfolioName, creditorName } = input;
  const portfolioId =
    wanted === null ? findByName(db, portfolioName, creditorName) : requireOne(db, wanted);
  return { importJobId: context.newId(), portfolioId };
}

/**
 * Jobs that a dead run left are failed, and what they stored is to be taken back: `undoing` names them, with those whose
 * undo a dead run did not finish. Keys of rejects files that are too old, or were not finished, go.
 * @returns jobs whose rejects file is kept
 */
function recover(
  db: WriteDb,
  context: WriteContext,
  input: { before: number },
): { failed: number; kept: string[]; undoing: string[] } {
  const left = db.all<{ id: string; kind: ImportKind }>(
    "SELECT id, kind FROM importJob WHERE state = 'running'",
  );
  for (const { id, kind } of left) {
    db.update('importJob', id, { error: 'import.interrupted', finishedAt: context.now });
    if (undoSteps[kind] === undefined) db.update('importJob', id, { state: 'failed' });
    else {
      const error = 'import.interrupted';
      beginUndo(db, context, { importJobId: id, personId: null, endState: 'failed', error });
    }
  }
  const undoing = db
    .all<{ id: string }>("SELECT id FROM importJob WHERE state = 'undoing' ORDER BY id")
    .map(({ id }) => id);
  const kept = db
    .all<{ id: string }>(
      "SELECT id FROM importJob WHERE state = 'finished' AND startedAt >= ?",
      input.before,
    )
    .map(({ id }) => id);
  const keptSettings = new Set(kept.map(rejectsSettingId));
  const first = rejectsSettingId('');
  for (const { id } of db.all<{ id: string }>(
    'SELECT id FROM setting WHERE id >= ? AND id < ?',
    first,
    `${first}\u{10ffff}`,
  )) {
    if (!keptSettings.has(id)) db.run('DELETE FROM setting WHERE id = ?', id);
  }
  return { failed: left.length, kept, undoing };
}

/** The same file imported again under the same name belongs to the same portfolio, and does not double it. */
function findByName(db: WriteDb, name: string, creditorName: string): string | null {
  const row = db.get<{ id: string }>(
    'SELECT id FROM portfolio WHERE name = ? AND creditorName = ? AND deletedAt IS NULL ORDER BY id LIMIT 1',
    name,
    creditorName,
  );
  return row?.id ?? null;
}

function requireOne(db: WriteDb, portfolioId: string): string {
  const row = db.get('SELECT 1 FROM portfolio WHERE id = ? AND deletedAt IS NULL', portfolioId);
  if (!row) throw new AppError('contract.not-found', 'no such portfolio');
  return portfolioId;
}

/** Counts of a chunk, and how long the writer worked at it. */
export interface ChunkDone extends RecordCounts {
  tookMs: number;
}

/** Writes some records and counts them in the job, in one transaction. */
function writeChunk(db: WriteDb, context: WriteContext, input: ImportChunk): ChunkDone {
  const startedMs = performance.now();
  const records = JSON.parse(input.recordsJson) as PackedRecord[];
  const chunk = db.beginChunk('import');
  const counts = writeRecords({ db, context, job: input }, records);
  addToJob(db, input, counts);
  chunk.end();
  return { ...counts, tookMs: performance.now() - startedMs };
}

/** The job's counts change in the transaction of the rows that they count. */
function addToJob(
  db: WriteDb,
  { importJobId, rows, rejected }: ImportChunk,
  counts: RecordCounts,
): void {
  const job = db.get<RecordCounts>(
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
