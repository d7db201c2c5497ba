import type { SearchKind } from '#shared/contract/index.ts';
import type { DebtorIndex } from '../list/debtor-index.ts';
import type { BitSet } from './bit-set.ts';
import { type ParsedQuery, parseQuery } from './parse-query.ts';
import { recentMatches } from './recent-matches.ts';
import { wordsOf } from './search-words.ts';
import { type Match, storedMatches } from './stored-matches.ts';

export interface FindQuery {
  query: string;
  limit: number;
  kinds?: readonly SearchKind[] | undefined;
  /** of the person who asks, the newest first */
  recentDebtorIds: readonly string[];
}

export interface FoundDebtor {
  debtorId: string;
  kind: SearchKind;
  match: 'exact' | 'prefix' | 'inner';
  /** null: the name that is shown */
  matched: string | null;
  recent: boolean;
}

type Name = { debtorId: string; kind: 'name'; match: Match['match']; matched: null };
type Found = Match | Name;

const ORDER = { exact: 0, prefix: 1, inner: 2 } as const;
/** rows of an exact name that are told from longer names with the same words */
const MOST_NAMES = 200;

/**
 * Debtors for what was typed: exact matches, then the person's recent debtors, then what begins so, then what contains
 * it; each debtor once, by the best of its matches. Nothing typed gives the recent ones.
 */
export function findDebtors(index: DebtorIndex, request: FindQuery): FoundDebtor[] {
  const query = parseQuery(request.query);
  const { limit, recentDebtorIds, kinds } = request;
  const wants = (kind: SearchKind) => kinds === undefined || kinds.includes(kind);
  if (query.text === '') {
    if (!wants('recent')) return [];
    return alive(index, recentDebtorIds).slice(0, limit).map(asRecent);
  }
  const found: Found[] = [
    ...recentMatches(index.read, query, recentDebtorIds, wants),
    ...storedMatches(index.read, query, wants, limit),
  ];
  if (wants('name')) found.push(...names(index, query, limit));
  if (wants('email')) found.push(...domains(index, query, limit));
  if (wants('phone')) found.push(...numbersInside(index, query, limit, found));
  const likely = query.numbers.length > 0 ? 'phone' : 'name';
  return ranked(index, found, recentDebtorIds, likely).slice(0, limit);
}

function asRecent(debtorId: string): FoundDebtor {
  return { debtorId, kind: 'recent', match: 'prefix', matched: null, recent: true };
}

function alive({ columns }: DebtorIndex, ids: readonly string[]): string[] {
  return ids.filter((id) => {
    const row = columns.ids.rowOf(id);
    return row !== undefined && columns.isAlive(row);
  });
}

function ranked(
  index: DebtorIndex,
  found: readonly Found[],
  recentDebtorIds: readonly string[],
  likely: SearchKind,
): FoundDebtor[] {
  const recency = new Map(recentDebtorIds.map((id, position) => [id, position]));
  const best = new Map<string, Found>();
  for (const each of found) {
    const known = best.get(each.debtorId);
    if (!known || ORDER[each.match] < ORDER[known.match]) best.set(each.debtorId, each);
  }
  const place = ({ debtorId, match }: Found): number => {
    const recent = recency.get(debtorId);
    if (match === 'exact') return recent === undefined ? 0 : recent - 1_000;
    return recent === undefined ? 2_000 + ORDER[match] : 1_000 + recent;
  };
  const turn = takeTurns(likely);
  const order = [...best.values()].map((each) => ({ each, at: place(each), turn: turn(each) }));
  order.sort((one, other) => one.at - other.at || one.turn - other.turn);
  const known = new Set(
    alive(
      index,
      order.map(({ each }) => each.debtorId),
    ),
  );
  return order
    .filter(({ each }) => known.has(each.debtorId))
    .map(({ each }) => ({ ...each, recent: recency.has(each.debtorId) }));
}

/** Of the likeliest kind, so many come before the next of each other kind: no kind hides the others. */
const LIKELY_FIRST = 3;

/** Equally good matches of several kinds alternate; those of one kind stay in their order. */
function takeTurns(likely: SearchKind): (found: Found) => number {
  const counts = new Map<string, number>();
  return ({ kind, match }) => {
    const key = `${kind} ${match}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return kind === likely ? Math.floor(count / LIKELY_FIRST) : count + 0.5;
  };
}

/** Names that are just these words, then those that have them, then those whose words begin so: each in order of names. */
function names(index: DebtorIndex, { words }: ParsedQuery, limit: number): Found[] {
  if (words.length === 0) return [];
  const { columns } = index;
  const whole = index.words.match(words, 'exact', columns.size);
  const candidates = firstByName(index, whole, MOST_NAMES);
  const exact = exactNames(index, candidates, words);
  const rest = candidates.filter((row) => !exact.has(row)).slice(0, limit);
  const begun =
    exact.size + rest.length >= limit
      ? []
      : firstByName(index, index.words.match(words, 'prefix', columns.size), limit);
  const asName = (row: number, match: Match['match']): Name => ({
    debtorId: columns.ids.idAt(row),
    kind: 'name',
    match,
    matched: null,
  });
  return [
    ...[...exact].slice(0, limit).map((row) => asName(row, 'exact')),
    ...rest.map((row) => asName(row, 'prefix')),
    ...begun.filter((row) => !whole.has(row)).map((row) => asName(row, 'prefix')),
  ];
}

/** Rows whose name has these words and no other, in any order. */
function exactNames(
  index: DebtorIndex,
  rows: readonly number[],
  words: readonly string[],
): Set<number> {
  const ids = rows.map((row) => index.columns.ids.idAt(row));
  const named = index.read.all<{ id: string; displayName: string; searchName: string }>(
    'SELECT id, displayName, searchName FROM debtor WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(ids),
  );
  const wanted = [...words].sort().join(' ');
  const exact = new Set(
    named
      .filter(({ displayName, searchName }) =>
        [displayName, searchName].some((name) => wordsOf(name).sort().join(' ') === wanted),
      )
      .map(({ id }) => id),
  );
  return new Set(rows.filter((_, position) => exact.has(ids[position] as string)));
}

/** So many rows of a set that come first by name. */
function firstByName({ columns }: DebtorIndex, rows: BitSet, limit: number): number[] {
  const { nameRank } = columns;
  const rankOf = (row: number) => nameRank[row] ?? 0;
  const byRank = (one: number, other: number) => rankOf(one) - rankOf(other) || one - other;
  let first: number[] = [];
  let worst = Infinity;
  rows.forEach((row) => {
    if (rankOf(row) > worst || !columns.isAlive(row)) return;
    first.push(row);
    if (first.length < 2 * limit) return;
    first = first.sort(byRank).slice(0, limit);
    worst = rankOf(first.at(-1) ?? 0);
  });
  return first.sort(byRank).slice(0, limit);
}

function domains(index: DebtorIndex, { domain }: ParsedQuery, limit: number): Found[] {
  if (domain === null) return [];
  const rows = index.words.match([domain], 'prefix', index.columns.size);
  return firstByName(index, rows, limit).map((row) => {
    const debtorId = index.columns.ids.idAt(row);
    return { debtorId, kind: 'email', match: 'inner', matched: addressOf(index, debtorId, domain) };
  });
}

const ADDRESSES = `SELECT value FROM contactPoint WHERE debtorId = ? AND deletedAt IS NULL ORDER BY rank, id`;

function addressOf(index: DebtorIndex, debtorId: string, part: string): string {
  const values = index.read.all<{ value: string }>(ADDRESSES, debtorId);
  return values.find(({ value }) => value.toLowerCase().includes(part))?.value ?? part;
}

/** Parts inside of numbers, as many as are wanted besides those that are found already. */
function numbersInside(
  index: DebtorIndex,
  query: ParsedQuery,
  limit: number,
  known: readonly Found[],
): Found[] {
  const seen = new Set(known.map(({ debtorId }) => debtorId));
  const found: Found[] = [];
  for (const digits of query.numbers) {
    index.numbers.find(digits, (row) => {
      if (!index.columns.isAlive(row)) return true;
      const debtorId = index.columns.ids.idAt(row);
      if (!seen.has(debtorId)) {
        seen.add(debtorId);
        const matched = addressOf(index, debtorId, digits);
        found.push({ debtorId, kind: 'phone', match: 'inner', matched });
      }
      return found.length < limit;
    });
  }
  return found;
}
