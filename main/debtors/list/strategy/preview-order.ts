import type { StrategyPreview, StrategyProperty } from '#shared/contract/index.ts';
import type { Unbranded } from '../../../contract-server/types.ts';
import type { DebtorIndex } from '../debtor-index.ts';
import { listRows } from '../list-rows.ts';
import { levelReader } from './property-levels.ts';
import { FULL } from './quantiles.ts';
import {
  type AskedOrder,
  firstPlaces,
  orderOf,
  rowsOfPortfolio,
  scalingOf,
  weightedProperties,
} from './strategy-order.ts';

export type PreviewQuery = AskedOrder & { limit: number };
type Preview = Unbranded<StrategyPreview>;
export type PreviewedOrder = Omit<Preview, 'period' | 'rows'> & {
  rows: Omit<Preview['rows'][number], 'number' | 'numberKind'>[];
};

/** How long an answer may wait for changes that are not taken in yet. */
const CATCH_UP_MS = 500;

/** Who comes first under a strategy, and why. Counts are exact. */
export function previewOrder(index: DebtorIndex, asked: PreviewQuery): PreviewedOrder {
  index.catchUp(CATCH_UP_MS);
  const { strategy, weights, limit } = asked;
  const all = rowsOfPortfolio(index, asked.portfolioId);
  const scaling = scalingOf(index, asked, all);
  const order = orderOf(index, asked, scaling, all);
  const counts = new Array<number>(strategy.priorities.length + 1).fill(0);
  let fitting = 0;
  order.fits.forEach((fits, at) => {
    const tier = order.tiers[at] ?? 0;
    fitting += fits;
    counts[tier] = (counts[tier] ?? 0) + fits;
  });
  const readers = weightedProperties(weights).map((property) => ({
    property,
    weight: weights[property] ?? 0,
    level: levelReader(index, scaling, property),
  }));
  const places = firstPlaces(order, limit);
  const rowAt = (place: number) => order.rows[place] ?? 0;
  const listed = index.read.snapshot(() => listRows(index, places.map(rowAt)));
  const byId = new Map(listed.map((row) => [row.debtorId, row]));
  return {
    total: all.length,
    fitting,
    priorities: strategy.priorities.map(({ name }, tier) => ({ name, count: counts[tier] ?? 0 })),
    rows: places.flatMap((place) => {
      const row = rowAt(place);
      const shown = byId.get(index.columns.ids.idAt(row));
      if (!shown) return [];
      const { debtorId, displayName, externalRef, balances, oldestDaysPastDue } = shown;
      return [
        {
          ...{ debtorId, displayName, externalRef, balances, oldestDaysPastDue },
          priority: strategy.priorities[order.tiers[place] ?? 0]?.name ?? null,
          score: (order.scores[place] ?? 0) / FULL,
          reasons: reasonsOf(readers, row),
        },
      ];
    }),
  };
}

interface Reader {
  property: StrategyProperty;
  weight: number;
  level(row: number): number;
}

/** What moved the row most comes first. */
function reasonsOf(readers: readonly Reader[], row: number) {
  return readers
    .map(({ property, weight, level }) => {
      const own = level(row);
      return { property, value: own / FULL, adds: Math.round(weight * own) / FULL };
    })
    .sort((one, other) => Math.abs(other.adds) - Math.abs(one.adds));
}
