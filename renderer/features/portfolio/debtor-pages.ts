import type { DebtorRow } from '#shared/contract/index.ts';

/** Debtors are fetched in pages of so many. */
export const pageSize = 100;

/**
 * What is loaded of a list that the engine pages: the first pages without gaps. Rows of a former question stay on the
 * screen until the first page of the next one is there.
 */
export interface LoadedDebtors {
  /** the question that these rows answer */
  key: string;
  rows: readonly DebtorRow[];
  total: number;
}

export const nothingLoaded: LoadedDebtors = { key: '', rows: [], total: 0 };

export interface DebtorPage {
  rows: readonly DebtorRow[];
  total: number;
}

/**
 * Puts a page where it belongs. A page that would leave a gap before it is dropped: its turn comes again.
 * A debtor that moved between two pages is shown once.
 */
export function withPage(
  loaded: LoadedDebtors,
  key: string,
  offset: number,
  page: DebtorPage,
): LoadedDebtors {
  const kept = loaded.key === key ? loaded.rows : [];
  if (offset > kept.length) return loaded;
  const fresh = new Set(page.rows.map((row) => row.debtorId));
  const before = kept.slice(0, offset).filter((row) => !fresh.has(row.debtorId));
  const after = kept.slice(offset + pageSize).filter((row) => !fresh.has(row.debtorId));
  return { key, rows: [...before, ...page.rows, ...after], total: page.total };
}

/** Where the next page begins, or null when everything is there. */
export function nextOffset(loaded: LoadedDebtors, key: string): number | null {
  if (loaded.key !== key) return 0;
  return loaded.rows.length < loaded.total ? loaded.rows.length : null;
}

/** The page on which a debtor stands, or null. */
export function offsetOf(loaded: LoadedDebtors, debtorId: string): number | null {
  const index = loaded.rows.findIndex((row) => row.debtorId === debtorId);
  return index < 0 ? null : index - (index % pageSize);
}
