import type { WriteContext, WriteDb } from '../../../store/index.ts';
import { reversePaymentsOf } from '../../bank/entry-writes.ts';
import { reversePayment } from '../../ledger/index.ts';
import { historyUndone } from '../../writes/prior-contact.ts';
import type { UndoneJob, UndoProgress, UndoStep } from '../undo-import.ts';
import { releaseFormerContact } from './history-events.ts';

/** What one step does is some milliseconds of work: a call waits for one step at most. */
const PAYMENTS_IN_A_STEP = 10;
const ROWS_IN_A_STEP = 200;

/** Runs the phases of an undo one after another; each answers whether it is over. */
function inPhases(
  phases: Readonly<
    Record<
      string,
      (db: WriteDb, context: WriteContext, job: UndoneJob, progress: UndoProgress) => boolean
    >
  >,
): UndoStep {
  const names = Object.keys(phases);
  return (db, context, job, progress) => {
    const name = progress.phase === '' ? (names[0] ?? '') : progress.phase;
    progress.phase = name;
    if (!phases[name]?.(db, context, job, progress)) return { done: false };
    const next = names[names.indexOf(name) + 1];
    if (next === undefined) return { done: true };
    progress.phase = next;
    progress.after = '';
    return { done: false };
  };
}

const PAYMENTS = `SELECT id, status FROM payment
  WHERE importJobId = ? AND source = 'import' AND deletedAt IS NULL AND id > ? ORDER BY id LIMIT ?`;

/** Payments are reversed, not deleted; those that a person reversed before stay as they are. */
function undoPayments(
  db: WriteDb,
  context: WriteContext,
  { importJobId }: UndoneJob,
  progress: UndoProgress,
): boolean {
  const rows = db.all<{ id: string; status: string }>(
    PAYMENTS,
    importJobId,
    progress.after,
    PAYMENTS_IN_A_STEP,
  );
  for (const { id, status } of rows) {
    progress.after = id;
    if (status === 'booked') {
      reversePayment(db, context, { paymentId: id, personId: null, forgetSource: true });
      progress.removed += 1;
    } else {
      db.update('payment', id, { sourceKey: null });
      progress.kept += 1;
    }
  }
  return rows.length === 0;
}

const ENTRIES = `SELECT id, sourceKey, state, matchedBy FROM bankEntry
  WHERE importJobId = ? AND deletedAt IS NULL AND id > ? ORDER BY id LIMIT ?`;

interface EntryRow {
  id: string;
  sourceKey: string;
  state: string;
  matchedBy: string | null;
}

/** Entries go with what was booked for them; one that a person matched is that person's work, and stays. */
function undoEntries(
  db: WriteDb,
  context: WriteContext,
  { importJobId }: UndoneJob,
  progress: UndoProgress,
): boolean {
  const rows = db.all<EntryRow>(ENTRIES, importJobId, progress.after, PAYMENTS_IN_A_STEP);
  for (const { id, sourceKey, state, matchedBy } of rows) {
    progress.after = id;
    if (state === 'matched' && matchedBy === 'person') {
      progress.kept += 1;
      continue;
    }
    reversePaymentsOf(db, context, sourceKey, null);
    db.remove('bankEntry', id);
    progress.removed += 1;
  }
  return rows.length === 0;
}

const CONTACTS = 'SELECT id FROM interaction WHERE importJobId = ? AND id > ? ORDER BY id LIMIT ?';
const CONTENTS = 'SELECT id FROM interactionContent WHERE interactionId = ? AND text IS NOT NULL';

/** A head is a fact and stays, as nobody's; its text goes, and it counts no longer. */
function undoContacts(
  db: WriteDb,
  context: WriteContext,
  { importJobId, portfolioId }: UndoneJob,
  progress: UndoProgress,
): boolean {
  const rows = db.all<{ id: string }>(CONTACTS, importJobId, progress.after, ROWS_IN_A_STEP);
  for (const { id } of rows) {
    progress.after = id;
    for (const content of db.all<{ id: string }>(CONTENTS, id)) {
      db.update('interactionContent', content.id, { text: null, erasedAt: context.now });
    }
    db.update('interaction', id, { debtorId: null });
    releaseFormerContact(db, id);
    progress.removed += 1;
  }
  if (rows.length === 0) historyUndone(db, context, portfolioId);
  return rows.length === 0;
}

const NUMBERS =
  'SELECT id, importJobId, deletedAt FROM doNotCall WHERE id > ? AND id <= ? ORDER BY id LIMIT ?';

/** In windows over all rows of the job's time: ids grow. */
function undoNumbers(
  db: WriteDb,
  _context: WriteContext,
  { importJobId, lastId }: UndoneJob,
  progress: UndoProgress,
): boolean {
  const after = progress.after === '' ? importJobId : progress.after;
  const rows = db.all<{ id: string; importJobId: string | null; deletedAt: number | null }>(
    NUMBERS,
    after,
    lastId,
    ROWS_IN_A_STEP,
  );
  for (const row of rows) {
    progress.after = row.id;
    if (row.importJobId !== importJobId || row.deletedAt !== null) continue;
    db.remove('doNotCall', row.id);
    progress.removed += 1;
  }
  return rows.length === 0;
}

const SWEPT = `SELECT b.rowId, d.deletedAt, b.beforeJson FROM importBefore b JOIN doNotCall d ON d.id = b.rowId
  WHERE b.importJobId = ? AND b.tableName = 'doNotCall' AND b.rowId > ? ORDER BY b.rowId LIMIT ?`;

/** Numbers that left the list come back to it. */
function restoreNumbers(
  db: WriteDb,
  _context: WriteContext,
  { importJobId }: UndoneJob,
  progress: UndoProgress,
): boolean {
  const rows = db.all<{ rowId: string; deletedAt: number | null }>(
    SWEPT,
    importJobId,
    progress.after,
    ROWS_IN_A_STEP,
  );
  for (const { rowId, deletedAt } of rows) {
    progress.after = rowId;
    if (deletedAt === null) continue;
    db.update('doNotCall', rowId, { deletedAt: null });
    progress.restored += 1;
  }
  if (rows.length > 0) return false;
  db.run('DELETE FROM importBefore WHERE importJobId = ?', importJobId);
  db.run('DELETE FROM importSeen WHERE importJobId = ?', importJobId);
  return true;
}

/** How imports of the other kinds are taken back. */
export const kindUndoSteps = {
  payments: inPhases({ payments: undoPayments, entries: undoEntries }),
  bankStatement: inPhases({ entries: undoEntries }),
  agencyHistory: inPhases({ contacts: undoContacts }),
  doNotCall: inPhases({ numbers: undoNumbers, swept: restoreNumbers }),
} satisfies Record<string, UndoStep>;
