import type { ListSort } from '#shared/contract/index.ts';
import type { DebtorColumns } from './debtor-columns.ts';
import { sortKeys } from './sort-keys.ts';

const BUCKETS = 65_536;

/** What a row is put in order by: 32 bits, turned round for a descending order. Ties are in the order of rows. */
interface Order {
  keys: Uint32Array;
  /** all ones turn the order round */
  flip: number;
}

/**
 * Some rows of a list in order: from `offset`, `limit` of them. Keys are counted by their upper and then their lower 16
 * bits, so any page of a million rows costs a few passes over them and nothing is sorted but the page.
 */
export function pageOfRows(
  columns: DebtorColumns,
  mask: Uint8Array,
  sort: ListSort,
  { offset, limit }: { offset: number; limit: number },
): Uint32Array {
  const order = { keys: sortKeys(columns, sort.by), flip: sort.descending ? 0xffff_ffff : 0 };
  const end = Math.min(countRows(mask), offset + limit);
  if (offset >= end) return new Uint32Array();
  const first = keyAt(mask, order, offset);
  const last = end - offset === 1 ? first : keyAt(mask, order, end - 1);
  const rows = rowsBetween(mask, order, first, last, { offset, end });
  return sortRows(rows, order);
}

export function countRows(mask: Uint8Array): number {
  let count = 0;
  for (let row = 0; row < mask.length; row += 1) count += mask[row] ?? 0;
  return count;
}

/** Of rows with the first and the last key there may be very many: only those that belong to the page are taken. */
function rowsBetween(
  mask: Uint8Array,
  { keys, flip }: Order,
  first: Position,
  last: Position,
  { offset, end }: { offset: number; end: number },
): number[] {
  const rows: number[] = [];
  let skip = offset - first.before;
  let ties = end - last.before - (first.key === last.key ? skip : 0);
  for (let row = 0; row < mask.length; row += 1) {
    if (mask[row] === 0) continue;
    const key = ((keys[row] ?? 0) ^ flip) >>> 0;
    if (key < first.key || key > last.key) continue;
    if (key === first.key && skip > 0) skip -= 1;
    else if (key !== last.key) rows.push(row);
    else if (ties > 0) {
      rows.push(row);
      ties -= 1;
    }
  }
  return rows;
}

/**
 * By key and then by row: both in one number of 53 bits, which typed arrays sort without asking back. Rows fit 21 bits
 * up to two millions; beyond, pairs are compared.
 */
function sortRows(rows: readonly number[], { keys, flip }: Order): Uint32Array {
  const keyOf = (row: number) => ((keys[row] ?? 0) ^ flip) >>> 0;
  const isSmall = (rows.at(-1) ?? 0) < ROWS_IN_PAIR;
  if (!isSmall) {
    return Uint32Array.from([...rows].sort((a, b) => keyOf(a) - keyOf(b) || a - b));
  }
  const pairs = new Float64Array(rows.length);
  rows.forEach((row, position) => {
    pairs[position] = keyOf(row) * ROWS_IN_PAIR + row;
  });
  pairs.sort();
  return Uint32Array.from(pairs, (pair) => pair % ROWS_IN_PAIR);
}

const ROWS_IN_PAIR = 2 ** 21;

/** The key at a position of the whole order, and how many rows have smaller ones. */
interface Position {
  key: number;
  before: number;
}

function keyAt(mask: Uint8Array, order: Order, position: number): Position {
  const upper = positionIn(countUpper(mask, order), position);
  const lower = positionIn(countLower(mask, order, upper.bucket), position - upper.before);
  return { key: upper.bucket * BUCKETS + lower.bucket, before: upper.before + lower.before };
}

function countUpper(mask: Uint8Array, { keys, flip }: Order): Uint32Array {
  const counts = new Uint32Array(BUCKETS);
  for (let row = 0; row < mask.length; row += 1) {
    if (mask[row] === 0) continue;
    const bucket = ((keys[row] ?? 0) ^ flip) >>> 16;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

function countLower(mask: Uint8Array, { keys, flip }: Order, upper: number): Uint32Array {
  const counts = new Uint32Array(BUCKETS);
  for (let row = 0; row < mask.length; row += 1) {
    if (mask[row] === 0) continue;
    const key = (keys[row] ?? 0) ^ flip;
    if (key >>> 16 !== upper) continue;
    const bucket = key & 0xffff;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

function positionIn(counts: Uint32Array, position: number): { bucket: number; before: number } {
  let before = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const next = before + (counts[bucket] ?? 0);
    if (next > position) return { bucket, before };
    before = next;
  }
  return { bucket: BUCKETS - 1, before };
}
