import type { ListStrategy, StrategyProperty } from '#shared/contract/index.ts';
import type { Unbranded } from '../../../contract-server/types.ts';
import { ALIVE } from '../debtor-columns.ts';
import type { DebtorIndex } from '../debtor-index.ts';
import { filterRows } from '../filter-rows.ts';
import type { Weights } from './month-period.ts';
import { levelReader, makeScaling, type Scaling } from './property-levels.ts';

export interface AskedOrder {
  portfolioId: string;
  strategy: Unbranded<ListStrategy>;
  /** those that hold today */
  weights: Weights;
}

/** Some rows as a strategy sees them; every array is by the place in `rows`. */
export interface StrategyOrder {
  rows: Uint32Array;
  /** 1: the filter leaves the row in */
  fits: Uint8Array;
  /** number of the first priority that fits; one more than the last: none */
  tiers: Uint8Array;
  /** thousandths of weight × value */
  scores: Int32Array;
}

/** Above twice the greatest score there can be: ten properties, weight 100, in thousandths. */
const TIER_STEP = 2_000_001;

/** Smaller is earlier. 0 for all of a strategy that says nothing. */
export function rankOf(tier: number, score: number): number {
  return tier * TIER_STEP - score;
}

export function weightedProperties(weights: Weights): StrategyProperty[] {
  return (Object.keys(weights) as StrategyProperty[])
    .filter((property) => (weights[property] ?? 0) !== 0)
    .sort();
}

/** Debtors of the portfolio who are there. */
export function rowsOfPortfolio({ columns }: DebtorIndex, portfolioId: string): Uint32Array {
  const code = columns.portfolio.codeOf(portfolioId);
  const { codes } = columns.portfolio;
  const rows = new Uint32Array(columns.size);
  let count = 0;
  for (let row = 0; row < columns.size; row += 1) {
    rows[count] = row;
    if (codes[row] === code && ((columns.state[row] ?? 0) & ALIVE) !== 0) count += 1;
  }
  return code === undefined ? new Uint32Array() : rows.subarray(0, count);
}

export function scalingOf(index: DebtorIndex, asked: AskedOrder, rows: Uint32Array): Scaling {
  return makeScaling(index, rows, weightedProperties(asked.weights));
}

/** How a strategy sees some rows of its portfolio. */
export function orderOf(
  index: DebtorIndex,
  { strategy, weights }: AskedOrder,
  scaling: Scaling,
  rows: Uint32Array,
): StrategyOrder {
  const fitting = maskOf(index, strategy.filter);
  return {
    rows,
    fits: Uint8Array.from(rows, (row) => fitting?.[row] ?? 1),
    tiers: tiersOf(index, strategy, rows),
    scores: scoresOf(index, weights, scaling, rows),
  };
}

function tiersOf(
  index: DebtorIndex,
  { priorities }: AskedOrder['strategy'],
  rows: Uint32Array,
): Uint8Array {
  const tiers = new Uint8Array(rows.length).fill(priorities.length);
  for (let tier = priorities.length - 1; tier >= 0; tier -= 1) {
    const mask = maskOf(index, priorities[tier]?.filter ?? {});
    for (let at = 0; at < rows.length; at += 1) {
      if (mask === null || mask[rows[at] ?? 0] === 1) tiers[at] = tier;
    }
  }
  return tiers;
}

function scoresOf(
  index: DebtorIndex,
  weights: Weights,
  scaling: Scaling,
  rows: Uint32Array,
): Int32Array {
  const sums = new Float64Array(rows.length);
  for (const property of weightedProperties(weights)) {
    const weight = weights[property] ?? 0;
    const level = levelReader(index, scaling, property);
    for (let at = 0; at < rows.length; at += 1) {
      sums[at] = (sums[at] ?? 0) + weight * level(rows[at] ?? 0);
    }
  }
  return Int32Array.from(sums, Math.round);
}

/** 1 for each row of the index that fits; null: all do. */
function maskOf(index: DebtorIndex, filter: AskedOrder['strategy']['filter']): Uint8Array | null {
  if (Object.values(filter).every((each) => each === undefined)) return null;
  const mask = new Uint8Array(index.columns.size);
  for (const row of filterRows(index, filter).rows) mask[row] = 1;
  return mask;
}

/** Places in an order of those who come first, in their order; equal ones by their rows. */
export function firstPlaces({ fits, tiers, scores }: StrategyOrder, count: number): number[] {
  const isEarlier = (one: number, other: number) => rank(one) - rank(other) || one - other;
  const rank = (at: number) => rankOf(tiers[at] ?? 0, scores[at] ?? 0);
  let first: number[] = [];
  let last = Number.POSITIVE_INFINITY;
  for (let at = 0; at < fits.length; at += 1) {
    if (fits[at] === 0 || rank(at) >= last) continue;
    first.push(at);
    if (first.length < 2 * count + 64) continue;
    first = first.sort(isEarlier).slice(0, count);
    last = rank(first.at(-1) ?? 0);
  }
  return first.sort(isEarlier).slice(0, count);
}
