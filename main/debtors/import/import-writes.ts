import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { addInteractionContent, insertInteraction } from '../history/interaction-writes.ts';
import { insertPortfolio } from '../writes/portfolio-writes.ts';
import { upsertContactPoint, upsertDebt, upsertDebtor } from '../writes/upsert-debtor.ts';
import type { ImportedRecord } from './convert-record.ts';
import { rejectsSettingId } from './rejects-store.ts';

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
  /** key of the job's rejects file; absent: that file is not the store's */
  rejectsKeyHex?: string;
}

export interface ImportChunk {
  importJobId: string;
  portfolioId: string;
  synthetic: boolean;
  /** `ImportedRecord[]` as text: it passes the main thread without being taken apart there */
  recordsJson: string;
  /** counts of the whole job up to and with this chunk */
  rows: number;
  rejected: number;
}

export interface EndImport {
  importJobId: string;
  state: 'finished' | 'cancelled' | 'failed';
  error: string | null;
}

/** Writes of imports, for the writer thread. */
export const importWrites = {
  'import.start': start,
  'import.chunk': writeChunk,
  'import.end': (db: WriteDb, context: WriteContext, input: EndImport): void => {
    const { importJobId, state, error } = input;
    db.update('importJob', importJobId, { state, error, finishedAt: context.now });
  },
  'import.recover': recover,
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
    rejectsKeyHex,
    ...job
  } = input;
  const known =
    wanted === null ? findByName(db, portfolioName, creditorName) : requireOne(db, wanted);
  const portfolioId =
    known ?? insertPortfolio(db, context, { name: portfolioName, creditorName, synthetic });
  const importJobId = context.newId();
  db.insert('importJob', {
    id: importJobId,
    portfolioId,
    ...job,
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

/**
 * Jobs that a dead run left are failed: what they stored is whole, and the same file can be imported again. Keys of
 * rejects files that are too old, or were not finished, go.
 * @returns jobs whose rejects file is kept
 */
function recover(
  db: WriteDb,
  context: WriteContext,
  input: { before: number },
): { failed: number; kept: string[] } {
  const left = db.all<{ id: string }>("SELECT id FROM importJob WHERE state = 'running'");
  for (const { id } of left) {
    const columns = { state: 'failed', error: 'import.interrupted', finishedAt: context.now };
    db.update('importJob', id, columns);
  }
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
  return { failed: left.length, kept };
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

/** @returns how many records made a new debt, and how many met one that was there */
function writeChunk(
  db: WriteDb,
  context: WriteContext,
  input: ImportChunk,
): { imported: number; updated: number } {
  const records = JSON.parse(input.recordsJson) as ImportedRecord[];
  const chunk = db.beginChunk('import');
  let imported = 0;
  for (const record of records) {
    if (writeRecord(db, context, input, record)) imported += 1;
  }
  const counts = { imported, updated: records.length - imported };
  addToJob(db, input, counts);
  chunk.end();
  return counts;
}

/** @returns true when the debt is new */
function writeRecord(
  db: WriteDb,
  context: WriteContext,
  job: ImportChunk,
  record: ImportedRecord,
): boolean {
  const { importJobId, portfolioId, synthetic } = job;
  const debtor = upsertDebtor(db, context, {
    ...record.debtor,
    portfolioId,
    synthetic,
    importJobId,
  });
  const debt = upsertDebt(db, context, {
    ...record.debt,
    debtorId: debtor.id,
    portfolioId,
    importJobId,
  });
  for (const point of record.contactPoints) {
    upsertContactPoint(db, context, { ...point, debtorId: debtor.id, importJobId });
  }
  if (record.note !== null) addNoteOnce(db, context, debtor.id, record.note, synthetic);
  return debt.outcome === 'created';
}

function addNoteOnce(
  db: WriteDb,
  context: WriteContext,
  debtorId: string,
  text: string,
  synthetic: boolean,
): void {
  const known = db.get(
    `SELECT 1 FROM interaction i JOIN interactionContent c ON c.interactionId = i.id
      WHERE i.debtorId = ? AND i.channel = 'note' AND c.text = ? LIMIT 1`,
    debtorId,
    text,
  );
  if (known) return;
  const interactionId = insertInteraction(db, context, {
    debtorId,
    channel: 'note',
    direction: 'in',
    synthetic,
  });
  addInteractionContent(db, context, interactionId, 'note', text);
}

/** The job's counts change in the transaction of the rows that they count. */
function addToJob(
  db: WriteDb,
  { importJobId, rows, rejected }: ImportChunk,
  counts: { imported: number; updated: number },
): void {
  const job = db.get<{ imported: number; updated: number }>(
    'SELECT imported, updated FROM importJob WHERE id = ?',
    importJobId,
  );
  db.update('importJob', importJobId, {
    rows,
    rejected,
    imported: (job?.imported ?? 0) + counts.imported,
    updated: (job?.updated ?? 0) + counts.updated,
  });
}
