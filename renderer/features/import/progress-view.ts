import type { ImportProgress } from '#shared/contract/index.ts';

export interface ProgressView {
  rowsPerSecond: number | null;
  /** null: not known yet */
  remainingMs: number | null;
}

/** A rate from less than this would jump about. */
const shortestSeconds = 0.5;

/** What a person wants to know of an import that runs: how fast, how long still. */
export function progressView(progress: ImportProgress): ProgressView {
  const { rows, totalRows, seconds } = progress;
  const rate = seconds >= shortestSeconds && rows > 0 ? rows / seconds : null;
  const remainingMs =
    rate === null || totalRows === null
      ? null
      : Math.round((Math.max(0, totalRows - rows) / rate) * 1000);
  return { rowsPerSecond: rate === null ? null : Math.round(rate), remainingMs };
}
