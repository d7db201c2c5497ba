import type { JobProgress } from './import-job.ts';
import { averageRate } from './import-job.ts';
import { undoSteps } from './undo-import.ts';

/** A job as it is stored. */
export interface JobRow {
  importJobId: string;
  kind: JobProgress['kind'];
  portfolioId: string | null;
  state: JobProgress['state'];
  rows: number;
  imported: number;
  updated: number;
  unchanged: number;
  rejected: number;
  undoneAt: number | null;
  error: string | null;
  /** of kinds that tell more than counts */
  toldJson: string | null;
  startedAt: number;
  finishedAt: number | null;
}

/** The portfolio of a job whose undo took it away is no longer named. */
export const SELECT_JOB = `SELECT j.id AS importJobId, j.kind,
  CASE WHEN p.deletedAt IS NULL THEN j.portfolioId END AS portfolioId, j.state, j.rows, j.imported, j.updated,
  j.unchanged, j.rejected, j.undoneAt, j.error, j.toldJson, j.startedAt, j.finishedAt
  FROM importJob j LEFT JOIN portfolio p ON p.id = j.portfolioId WHERE j.id = ?`;

/** What can be said about a job that does not run. */
export function progressOfRow(row: JobRow, hasRejects: boolean): JobProgress {
  const { startedAt, finishedAt, toldJson, ...columns } = row;
  const seconds = finishedAt === null ? 0 : (finishedAt - startedAt) / 1000;
  const isWhole = row.state === 'finished';
  return {
    ...columns,
    ...(toldJson === null
      ? {}
      : (JSON.parse(toldJson) as Pick<JobProgress, 'queued' | 'ignored' | 'notices'>)),
    dryRun: false,
    totalRows: isWhole ? row.rows : null,
    seconds,
    rowsPerSecond: averageRate({ rows: row.rows, seconds }),
    secondsLeft: null,
    undoable: isWhole && row.undoneAt === null && undoSteps[row.kind] !== undefined,
    hasRejects,
  };
}
