import type { CommandOutput, ListSort } from '#shared/contract/index.ts';
import type { Money } from '#shared/domain/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import { maskNationalId } from '../mask-national-id.ts';
import { type FindQuery, findDebtors } from '../search/find-debtors.ts';
import { type DebtorColumns, OTHER_BALANCE } from './debtor-columns.ts';
import type { DebtorIndex } from './debtor-index.ts';
import type { DictionaryColumn } from './dictionary-column.ts';
import { filterRows, type RowFilter } from './filter-rows.ts';
import { type ListedRow, listRows } from './list-rows.ts';
import { pageOfRows } from './sort-rows.ts';

/** How long an answer may wait for changes that are not taken in yet. */
const CATCH_UP_MS = 20;
/** the same for what goes through a whole list */
const CATCH_UP_WHOLE_MS = 2_000;
/** and for somebody who types */
const CATCH_UP_TYPING_MS = 5;
const MOST_CHOICES = 500;

export interface RowsQuery {
  filter: RowFilter;
  sort: ListSort;
  offset: number;
  limit: number;
  /** how long the answer may wait for changes that are not taken in yet */
  patienceMs?: number;
}

export interface Count {
  total: number;
  sums: Money[];
  complete: boolean;
  upToDate: boolean;
}

/** One page of a list with what it adds up to. */
export function queryRows(
  index: DebtorIndex,
  { filter, sort, offset, limit, patienceMs = CATCH_UP_MS }: RowsQuery,
): Count & { rows: ListedRow[] } {
  const upToDate = index.catchUp(patienceMs) && (sort.by !== 'name' || index.isOrdered);
  const { rows, complete } = filterRows(index, filter);
  const page = pageOfRows(index.columns, rows, sort, { offset, limit });
  return {
    rows: index.read.snapshot(() => listRows(index, page)),
    total: rows.length,
    sums: sumsOf(index.columns, rows),
    complete,
    upToDate,
  };
}

export function countRowsOf(index: DebtorIndex, filter: RowFilter): Count {
  const upToDate = index.catchUp(CATCH_UP_MS);
  const { rows, complete } = filterRows(index, filter);
  return { total: rows.length, sums: sumsOf(index.columns, rows), complete, upToDate };
}

/** All ids of a list in its order, 16 bytes each: `idsFromBytes` reads them. */
export function idsOf(
  index: DebtorIndex,
  filter: RowFilter,
  sort: ListSort,
): { ids: Uint8Array<ArrayBuffer>; complete: boolean } {
  index.catchUp(CATCH_UP_WHOLE_MS);
  const { rows, complete } = filterRows(index, filter);
  const page = pageOfRows(index.columns, rows, sort, { offset: 0, limit: rows.length });
  return { ids: index.columns.ids.bytesOf(page), complete };
}

export type Hits = Unbranded<CommandOutput<'search.find'>>['hits'];

export function findHits(index: DebtorIndex, query: FindQuery): { hits: Hits; complete: boolean } {
  const complete = index.catchUp(CATCH_UP_TYPING_MS) && index.isOrdered;
  return index.read.snapshot(() => {
    const found = findDebtors(index, query);
    const rowOf = (debtorId: string) => index.columns.ids.rowOf(debtorId);
    const rows = found.flatMap(({ debtorId }) => rowOf(debtorId) ?? []);
    const listed = new Map(listRows(index, rows).map((row) => [row.debtorId, row]));
    const hits = found.flatMap(({ debtorId, kind, match, matched, recent }) => {
      const row = listed.get(debtorId);
      if (!row) return [];
      const { displayName, externalRef, city, balances, flags, synthetic } = row;
      const shown = kind === 'nationalId' ? maskNationalId(matched) : matched;
      return [
        {
          ...{ debtorId, kind, match, recent, matched: shown ?? displayName },
          ...{ displayName, externalRef, city, balances, flags, synthetic },
          oldestDaysPastDue: row.oldestDaysPastDue,
          lastInteractionAt: row.lastInteractionAt,
        },
      ];
    });
    return { hits, complete };
  });
}

/** Values that occur in each column, the most frequent first. */
export function choicesOf(index: DebtorIndex): CommandOutput<'list.choices'> {
  index.catchUp(CATCH_UP_MS);
  const { columns } = index;
  const flags = new Map<string, number>();
  for (const [joined, count] of frequencies(columns, columns.flags)) {
    for (const kind of joined.split(',')) flags.set(kind, (flags.get(kind) ?? 0) + count);
  }
  const currencies = frequencies(columns, columns.currency);
  for (const balances of columns.otherBalances.values()) {
    for (const { currency } of balances) {
      currencies.set(currency, (currencies.get(currency) ?? 0) + 1);
    }
  }
  return {
    languages: mostFrequent(frequencies(columns, columns.language)),
    jurisdictions: mostFrequent(frequencies(columns, columns.jurisdiction)),
    cities: mostFrequent(frequencies(columns, columns.city)),
    currencies: mostFrequent(currencies),
    flags: mostFrequent(flags),
  };
}

function frequencies(columns: DebtorColumns, column: DictionaryColumn): Map<string, number> {
  const counts = new Uint32Array(column.values.length);
  for (let row = 0; row < columns.size; row += 1) {
    if (!columns.isAlive(row)) continue;
    const code = column.codes[row] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  const found = new Map<string, number>();
  column.values.forEach((value, code) => {
    const count = counts[code] ?? 0;
    if (value !== null && count > 0) found.set(value, count);
  });
  return found;
}

function mostFrequent(counts: ReadonlyMap<string, number>): string[] {
  return [...counts]
    .sort(([one, often], [other, oftener]) => oftener - often || (one < other ? -1 : 1))
    .slice(0, MOST_CHOICES)
    .map(([value]) => value);
}

/** What is open, for each currency, in the order of their codes. */
export function sumsOf(columns: DebtorColumns, rows: Uint32Array): Money[] {
  const { balance, currency, otherBalances } = columns;
  const { codes } = currency;
  const sums = new Float64Array(currency.values.length);
  const occurs = new Uint8Array(currency.values.length);
  const others = new Map<string, number>();
  const addOther = (code: string, amountMinor: number) =>
    others.set(code, (others.get(code) ?? 0) + amountMinor);
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    const owed = balance[row] ?? 0;
    if (owed !== OTHER_BALANCE) {
      const code = codes[row] ?? 0;
      sums[code] = (sums[code] ?? 0) + owed;
      occurs[code] = 1;
    } else {
      for (const each of otherBalances.get(row) ?? []) addOther(each.currency, each.amountMinor);
    }
  }
  currency.values.forEach((value, code) => {
    if (value !== null && occurs[code] === 1) addOther(value, sums[code] ?? 0);
  });
  return [...others]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, amountMinor]) => ({ amountMinor, currency: code }));
}
