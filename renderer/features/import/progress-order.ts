import type { ImportProgress } from '#shared/contract/index.ts';

const isMoving = (progress: ImportProgress): boolean =>
  progress.state === 'running' || progress.state === 'undoing';

/**
 * The later of what the engine answered and of what an event said; the two may cross. An undo comes after the end of
 * the import; while it runs, more rows are later.
 */
export function newerProgress(
  asked: ImportProgress | null,
  told: ImportProgress | null,
): ImportProgress | null {
  if (asked === null || told === null) return told ?? asked;
  if (asked.undoneAt !== null) return asked;
  if (told.undoneAt !== null || told.state === 'undoing') return told;
  if (!isMoving(asked)) return asked;
  return !isMoving(told) || told.rows >= asked.rows ? told : asked;
}
