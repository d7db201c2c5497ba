import type { ImportKind } from '#shared/contract/index.ts';
import { AppError, invariant } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';
import { kindUndoSteps } from './kinds/undo-kinds.ts';
import { undoPortfolioStep } from './undo-portfolio.ts';

/** How far an undo is. It is kept with the job in the transaction of each step, so that it goes on after a crash. */
export interface UndoProgress {
  phase: string;
  /** the last row that was looked at in this phase; empty: none yet */
  after: string;
  removed: number;
  restored: number;
  kept: number;
  /** what the job is called when it is done */
  endState: 'finished' | 'cancelled' | 'failed';
}

export interface UndoneJob {
  importJobId: string;
  portfolioId: string | null;
  madePortfolio: boolean;
  /** no row of the job has a greater id */
  lastId: string;
}

/**
 * One step of an undo, some milliseconds long: it changes `progress` and answers whether everything is done. A step may
 * be run again after a crash took its transaction back, never otherwise.
 */
export type UndoStep = (
  db: WriteDb,
  context: WriteContext,
  job: UndoneJob,
  progress: UndoProgress,
) => { done: boolean };

/** How imports of each kind are taken back: a new kind adds its step here. */
export const undoSteps: Partial<Record<ImportKind, UndoStep>> = {
  portfolio: undoPortfolioStep,
  ...kindUndoSteps,
};

interface JobRow {
  kind: ImportKind;
  state: string;
  portfolioId: string | null;
  madePortfolio: number;
  lastId: string | null;
  undoneAt: number | null;
  undoJson: string | null;
}

const SELECT_JOB =
  'SELECT kind, state, portfolioId, madePortfolio, lastId, undoneAt, undoJson FROM importJob WHERE id = ?';

export interface BeginUndo {
  importJobId: string;
  personId: string | null;
  /** absent: a person takes back a job that has ended; else the job ends in this way, with nothing of it left */
  endState?: 'cancelled' | 'failed';
  error?: string | null;
}

/** @throws AppError `contract.not-found`, `import.still-running`, `import.already-undone`, `import.undo-in-progress` */
export function beginUndo(db: WriteDb, context: WriteContext, input: BeginUndo): void {
  const { importJobId, personId, endState, error = null } = input;
  const job = db.get<JobRow>(SELECT_JOB, importJobId);
  if (!job) throw new AppError('contract.not-found', 'no such import');
  if (job.state === 'undoing') {
    throw new AppError('import.undo-in-progress', 'it is being taken back already');
  }
  if (endState === undefined) {
    if (job.state === 'running') {
      throw new AppError('import.still-running', 'cancel it instead');
    }
    if (job.undoneAt !== null || job.state !== 'finished') {
      throw new AppError('import.already-undone', 'nothing of it is left');
    }
  }
  const progress: UndoProgress = {
    phase: '',
    after: '',
    removed: 0,
    restored: 0,
    kept: 0,
    endState: endState ?? 'finished',
  };
  db.update('importJob', importJobId, {
    state: 'undoing',
    error,
    lastId: job.lastId ?? context.newId(),
    undoJson: JSON.stringify(progress),
    ...(endState === undefined ? { undoneBy: personId } : {}),
  });
}

export interface UndoneSoFar {
  done: boolean;
  removed: number;
  restored: number;
  kept: number;
}

/** The next step of an undo that has begun. */
export function undoChunk(
  db: WriteDb,
  context: WriteContext,
  { importJobId }: { importJobId: string },
): UndoneSoFar {
  const job = db.get<JobRow>(SELECT_JOB, importJobId);
  invariant(
    job?.state === 'undoing' && job.undoJson !== null,
    'an undo has begun before its steps',
  );
  const progress = JSON.parse(job.undoJson) as UndoProgress;
  const step = undoSteps[job.kind];
  invariant(step, `imports of kind ${job.kind} can be undone`);
  const chunk = db.beginChunk('undo import');
  const { done } = step(
    db,
    context,
    {
      importJobId,
      portfolioId: job.portfolioId,
      madePortfolio: job.madePortfolio === 1,
      lastId: job.lastId ?? context.newId(),
    },
    progress,
  );
  db.update('importJob', importJobId, {
    undoJson: JSON.stringify(progress),
    ...(done ? endOf(progress, context.now) : {}),
  });
  chunk.end();
  const { removed, restored, kept } = progress;
  return { done, removed, restored, kept };
}

function endOf({ endState }: UndoProgress, now: number) {
  return endState === 'finished'
    ? { state: endState, undoneAt: now }
    : { state: endState, finishedAt: now };
}
