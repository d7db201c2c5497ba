import type { ReadDb } from '../../../store/types.ts';
import type { Cell } from '../cell.ts';

/** A table that is read page by page, so that its size does not matter. */
export interface TableSource<Row = unknown> {
  /** rows in all, if that is cheap to know */
  count(read: ReadDb): number | null;
  /** pages in order; each is one short read, so that the write-ahead log is never held */
  pages(read: ReadDb): Iterable<readonly Row[]>;
  cells: Readonly<Record<string, (row: Row) => Cell>>;
}

export const PAGE_ROWS = 500;

/**
 * Pages by a growing key.
 * @param next reads the page after a key; null = the first
 */
export function* pagesByKey<Row, Key>(
  next: (after: Key | null) => Row[],
  keyOf: (row: Row) => Key,
): Generator<Row[]> {
  let after: Key | null = null;
  while (true) {
    const page = next(after);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = keyOf(last);
  }
}

const DAY_MS = 86_400_000;

/** First instant of a date, UTC. */
export function startOf(date: string | undefined): number {
  return date === undefined ? Number.MIN_SAFE_INTEGER : Date.parse(`${date}T00:00:00Z`);
}

/** First instant after a date, UTC. */
export function endOf(date: string | undefined): number {
  return date === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(`${date}T00:00:00Z`) + DAY_MS;
}
