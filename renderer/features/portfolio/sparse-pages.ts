import type { CommandOutput, ListRow } from '#shared/contract/index.ts';

/** Debtors are fetched in pages of so many. */
export const pageSize = 100;
/** Pages further from what is in sight are let go of, so that a walk through a million rows stays small. */
const pagesKept = 40;

export type ListAnswer = CommandOutput<'list.query'>;
export type ListTotals = Pick<ListAnswer, 'total' | 'sums' | 'complete' | 'upToDate'>;

/**
 * What is loaded of a list that may have millions of rows: some pages of it, by their place. Rows of a former question
 * stay on the screen until the first page of the next one is there.
 */
export interface SparsePages {
  /** the question that these rows answer; '' before the first */
  key: string;
  totals: ListTotals | null;
  pages: ReadonlyMap<number, readonly ListRow[]>;
}

export const nothingLoaded: SparsePages = { key: '', totals: null, pages: new Map() };

/** Puts a page in its place. Far pages are dropped when there are too many. */
export function withPage(
  loaded: SparsePages,
  key: string,
  page: number,
  answer: ListAnswer,
): SparsePages {
  const pages = new Map(loaded.key === key ? loaded.pages : []);
  pages.set(page, answer.rows);
  if (pages.size > pagesKept) {
    const furthest = [...pages.keys()].sort((a, b) => Math.abs(b - page) - Math.abs(a - page));
    for (const far of furthest.slice(0, pages.size - pagesKept)) pages.delete(far);
  }
  const { total, sums, complete, upToDate } = answer;
  return { key, totals: { total, sums, complete, upToDate }, pages };
}

export function rowAt(loaded: SparsePages, index: number): ListRow | undefined {
  return loaded.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
}

/** Pages that cover these places and are not there yet. */
export function missingPages(loaded: SparsePages, first: number, last: number): number[] {
  const missing: number[] = [];
  for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1) {
    if (!loaded.pages.has(page)) missing.push(page);
  }
  return missing;
}

/** The page on which a debtor stands, or null when it is not loaded. */
export function pageOf(loaded: SparsePages, debtorId: string): number | null {
  for (const [page, rows] of loaded.pages) {
    if (rows.some((row) => row.debtorId === debtorId)) return page;
  }
  return null;
}

/** Every row that is loaded, in its order. */
export function loadedRows(loaded: SparsePages): ListRow[] {
  return [...loaded.pages].sort(([a], [b]) => a - b).flatMap(([, rows]) => rows);
}
