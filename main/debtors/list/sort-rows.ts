import type { ListSort } from '#shared/contract/index.ts';
import type { DebtorColumns } from './debtor-columns.ts';
import { sortKeys } from './sort-keys.ts';

const BUCKETS = 65_536;
/** pages that end before this are found in one pass */
const NEAR_THE_BEGINNING = 2_000;
/** a key of 32 bits and a position below this are one number of 53 bits */
const POSITIONS_IN_PAIR = 2 ** 21;

/**
 * Some rows of a list in order: from `offset`, `limit` of them. Rows with the same key stay in the order in which they
 * are given, whichever the direction.
 */
export function pageOfRows(
  columns: DebtorColumns,
  rows: Uint32Array,
  sort: ListSort,
  { offset, limit }: { offset: number; limit: number },
): Uint32Array {
  const end = Math.min(rows.length, offset + limit);
  if (offset >= end) return new Uint32Array();
  const keys = sortKeys(columns, sort, rows);
  const positions =
    end <= NEAR_THE_BEGINNING && rows.length <= POSITIONS_IN_PAIR
      ? firstPositions(keys, end).subarray(offset)
      : positionsBetween(keys, offset, end);
  return Uint32Array.from(positions, (position) => rows[position] ?? 0);
}

/** The first of all: what is greater than the greatest that is kept so far is passed over. */
function firstPositions(keys: Uint32Array, count: number): Float64Array {
  const pairs = new Float64Array(2 * count + 256);
  let filled = 0;
  let greatest = Infinity;
  for (let position = 0; position < keys.length; position += 1) {
    const key = keys[position] ?? 0;
    if (key >= greatest) continue;
    pairs[filled] = key * POSITIONS_IN_PAIR + position;
    filled += 1;
    if (filled < pairs.length) continue;
    pairs.sort();
    filled = count;
    greatest = Math.floor((pairs[count - 1] ?? 0) / POSITIONS_IN_PAIR);
  }
  const sorted = pairs.subarray(0, filled).sort().subarray(0, count);
  return sorted.map((pair) => pair % POSITIONS_IN_PAIR);
}

/**
 * Keys are counted by their upper and then their lower 16 bits, so a page in the middle of a million costs a few passes
 * and nothing is sorted but the page.
 */
function positionsBetween(keys: Uint32Array, offset: number, end: number): Uint32Array {
  const first = keyAt(keys, offset);
  const last = keyAt(keys, end - 1);
  const positions = new Uint32Array(end - offset);
  let filled = 0;
  // of the first and the last key there may be more than belong to the page
  let skip = offset - first.before;
  let ties = end - last.before - (first.key === last.key ? skip : 0);
  for (let position = 0; position < keys.length; position += 1) {
    const key = keys[position] ?? 0;
    if (key < first.key || key > last.key) continue;
    if (key === first.key && skip > 0) skip -= 1;
    else if (key !== last.key || ties > 0) {
      positions[filled] = position;
      filled += 1;
      if (key === last.key) ties -= 1;
    }
  }
  return sortPositions(positions, keys);
}

function sortPositions(positions: Uint32Array, keys: Uint32Array): Uint32Array {
  if (keys.length > POSITIONS_IN_PAIR) {
    return positions.sort((one, other) => (keys[one] ?? 0) - (keys[other] ?? 0) || one - other);
  }
  const pairs = Float64Array.from(
    positions,
    (position) => (keys[position] ?? 0) * POSITIONS_IN_PAIR + position,
  ).sort();
  return Uint32Array.from(pairs, (pair) => pair % POSITIONS_IN_PAIR);
}

/** The key at a position of the whole order, and how many keys are smaller. */
interface KeyPosition {
  key: number;
  before: number;
}

function keyAt(keys: Uint32Array, position: number): KeyPosition {
  const counts = new Uint32Array(BUCKETS);
  for (const key of keys) counts[key >>> 16] = (counts[key >>> 16] ?? 0) + 1;
  const upper = bucketAt(counts, position);
  counts.fill(0);
  for (const key of keys) {
    if (key >>> 16 === upper.key) counts[key & 0xffff] = (counts[key & 0xffff] ?? 0) + 1;
  }
  const lower = bucketAt(counts, position - upper.before);
  return { key: upper.key * BUCKETS + lower.key, before: upper.before + lower.before };
}

function bucketAt(counts: Uint32Array, position: number): KeyPosition {
  let before = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const next = before + (counts[bucket] ?? 0);
    if (next > position) return { key: bucket, before };
    before = next;
  }
  return { key: BUCKETS - 1, before };
}
