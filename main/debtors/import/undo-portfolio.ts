import { invariant } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';
import { restoreRows } from './restore-rows.ts';
import type { UndoneJob, UndoProgress } from './undo-import.ts';
import { isDebtorWorkedOn, isDebtWorkedOn } from './worked-on.ts';

const phases = ['debtors', 'debts', 'contactPoints', 'before', 'notes', 'portfolio'] as const;
type Phase = (typeof phases)[number];

/** What one step does is some milliseconds of work: a call waits for one step at most. */
const DEBTORS_IN_A_STEP = 20;
const ROWS_IN_A_STEP = 100;

type Parts = { db: WriteDb; context: WriteContext; job: UndoneJob; progress: UndoProgress };

/**
 * Takes back what an import of a portfolio made and changed. A debtor on whom somebody worked since (a call, a note, a
 * promise, a payment, another import …) stays with all its debts and numbers.
 *
 * `removed` and `kept` count debts; `restored` and `kept` also count rows that were there before and were changed.
 */
export function undoPortfolioStep(
  db: WriteDb,
  context: WriteContext,
  job: UndoneJob,
  progress: UndoProgress,
): { done: boolean } {
  const phase = (progress.phase === '' ? phases[0] : progress.phase) as Phase;
  const isDone = steps[phase]({ db, context, job, progress });
  if (!isDone) {
    progress.phase = phase;
    return { done: false };
  }
  const next = phases[phases.indexOf(phase) + 1];
  if (next === undefined) return { done: true };
  progress.phase = next;
  progress.after = '';
  return { done: false };
}

/** Each answers whether its phase is over. */
const steps: Readonly<Record<Phase, (parts: Parts) => boolean>> = {
  debtors: undoDebtors,
  debts: undoDebts,
  contactPoints: undoContactPoints,
  before: (parts) => restoreRows(parts.db, parts.context, parts.job.importJobId, parts.progress),
  notes: emptyNotes,
  portfolio: removePortfolio,
};

const WINDOWS = {
  debtor: `SELECT id, NULL AS debtorId, importJobId, deletedAt FROM debtor WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`,
  debt: `SELECT id, debtorId, importJobId, deletedAt FROM debt WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`,
  contactPoint: `SELECT id, debtorId, importJobId, deletedAt FROM contactPoint WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`,
} as const;

interface WindowRow {
  id: string;
  debtorId: string | null;
  importJobId: string | null;
  deletedAt: number | null;
}

/**
 * Rows of the job, in windows over all rows of its time: a window costs the same whoever made its rows.
 * @returns null when the phase is over
 */
function nextRows(parts: Parts, table: keyof typeof WINDOWS, limit: number): WindowRow[] | null {
  const { db, job, progress } = parts;
  const after = progress.after === '' ? job.importJobId : progress.after;
  const rows = db.all<WindowRow>(WINDOWS[table], after, job.lastId, limit);
  const last = rows.at(-1);
  if (last === undefined) return null;
  progress.after = last.id;
  return rows.filter((row) => row.importJobId === job.importJobId && row.deletedAt === null);
}

function undoDebtors(parts: Parts): boolean {
  const rows = nextRows(parts, 'debtor', DEBTORS_IN_A_STEP);
  for (const { id } of rows ?? []) undoDebtor(parts, id);
  return rows === null;
}

function undoDebtor({ db, job, progress }: Parts, debtorId: string): void {
  const debts = liveIds(db, 'debt', debtorId);
  if (isDebtorWorkedOn(db, job, debtorId)) {
    progress.kept += Math.max(1, debts.length);
    return;
  }
  for (const id of debts) db.remove('debt', id);
  for (const id of liveIds(db, 'contactPoint', debtorId)) db.remove('contactPoint', id);
  db.remove('debtor', debtorId);
  progress.removed += debts.length;
}

const LIVE = {
  debt: 'SELECT id FROM debt WHERE debtorId = ? AND deletedAt IS NULL',
  contactPoint: 'SELECT id FROM contactPoint WHERE debtorId = ? AND deletedAt IS NULL',
} as const;

function liveIds(db: WriteDb, table: keyof typeof LIVE, debtorId: string): string[] {
  return db.all<{ id: string }>(LIVE[table], debtorId).map(({ id }) => id);
}

/** Debts that the import added to debtors who were there. */
function undoDebts(parts: Parts): boolean {
  const { db, job, progress } = parts;
  const rows = nextRows(parts, 'debt', ROWS_IN_A_STEP);
  for (const { id, debtorId } of rows ?? []) {
    if (isOfJob(parts, debtorId)) continue;
    if (isDebtWorkedOn(db, job, id)) progress.kept += 1;
    else {
      db.remove('debt', id);
      progress.removed += 1;
    }
  }
  return rows === null;
}

/** Contact points that the import added to debtors who were there; those that were used stay. */
function undoContactPoints(parts: Parts): boolean {
  const rows = nextRows(parts, 'contactPoint', ROWS_IN_A_STEP);
  for (const { id, debtorId } of rows ?? []) {
    if (isOfJob(parts, debtorId)) continue;
    const used = parts.db.get(
      `SELECT 1 FROM contactPoint WHERE id = ? AND (status <> 'active' OR lastTriedAt IS NOT NULL
         OR EXISTS (SELECT 1 FROM contactPointVersion v WHERE v.contactPointId = contactPoint.id))`,
      id,
    );
    if (!used) parts.db.remove('contactPoint', id);
  }
  return rows === null;
}

/** Debtors of the job were dealt with as a whole. */
function isOfJob({ db, job }: Parts, debtorId: string | null): boolean {
  const debtor = db.get<{ importJobId: string | null }>(
    'SELECT importJobId FROM debtor WHERE id = ?',
    debtorId,
  );
  return debtor?.importJobId === job.importJobId;
}

/** History is never taken away: the text of an imported note goes, its head stays. */
function emptyNotes({ db, context, job, progress }: Parts): boolean {
  const rows = db.all<{ id: string; debtorId: string | null }>(
    'SELECT id, debtorId FROM interaction WHERE importJobId = ? AND id > ? ORDER BY id LIMIT ?',
    job.importJobId,
    progress.after,
    ROWS_IN_A_STEP,
  );
  for (const { id, debtorId } of rows) {
    progress.after = id;
    const isKept = db.get(
      'SELECT 1 FROM debtor WHERE id = ? AND importJobId = ? AND deletedAt IS NULL',
      debtorId,
      job.importJobId,
    );
    if (isKept) continue;
    const contents = db.all<{ id: string }>(
      'SELECT id FROM interactionContent WHERE interactionId = ? AND text IS NOT NULL',
      id,
    );
    for (const content of contents) {
      db.update('interactionContent', content.id, { text: null, erasedAt: context.now });
    }
  }
  return rows.length === 0;
}

/** A portfolio that the job made goes when it is empty and no campaign is to dial it. */
function removePortfolio({ db, job }: Parts): boolean {
  const { portfolioId } = job;
  if (!job.madePortfolio || portfolioId === null) return true;
  const isUsed = db.get(
    `SELECT 1 WHERE EXISTS (SELECT 1 FROM debtor WHERE portfolioId = ? AND deletedAt IS NULL)
       OR EXISTS (SELECT 1 FROM campaign WHERE portfolioId = ? AND deletedAt IS NULL
         AND status IN ('draft', 'running', 'paused'))`,
    portfolioId,
    portfolioId,
  );
  const portfolio = db.get<{ deletedAt: number | null }>(
    'SELECT deletedAt FROM portfolio WHERE id = ?',
    portfolioId,
  );
  invariant(portfolio, 'the portfolio of an import has a row');
  if (!isUsed && portfolio.deletedAt === null) db.remove('portfolio', portfolioId);
  return true;
}
