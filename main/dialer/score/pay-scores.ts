import type { ReadDb } from '../../store/types.ts';
import { loadPasts } from './debtor-past.ts';
import { factsAt } from './features.ts';
import { chanceOf } from './logistic.ts';
import { newestModel } from './model-rows.ts';
import type { PayModel } from './train.ts';
import { columnsOf, encode } from './vectors.ts';

export interface PayScore {
  /** 0 … 1: that money comes within 30 days after a call */
  score: number;
  /** what brought it up or down, in log odds against the average debtor, the heaviest first */
  reasons: { feature: string; adds: number }[];
}

const MOST_REASONS = 5;

/**
 * How likely each debtor pays within 30 days after a call now, by the firm's own outcomes. A debtor who is not in the
 * answer is not there any more.
 * @returns null: nothing was learnt yet
 */
export function payScores(
  db: ReadDb,
  debtorIds: readonly string[],
  now: number,
): Map<string, PayScore> | null {
  const model = newestModel(db);
  if (model === null) return null;
  const columns = columnsOf(model.encoding);
  return new Map(
    loadPasts(db, debtorIds).map((past) => [
      past.debtorId,
      scoreOf(model, columns, encode(factsAt(past, now), model.encoding)),
    ]),
  );
}

function scoreOf(model: PayModel, columns: readonly string[], row: readonly number[]): PayScore {
  // words of one kind are one reason: which of them it is stands on the card
  const adds = new Map<string, number>();
  for (const [index, column] of columns.entries()) {
    const [feature = column] = column.split(':');
    const part = (model.weights[index] ?? 0) * (row[index] ?? 0);
    adds.set(feature, (adds.get(feature) ?? 0) + part);
  }
  const reasons = [...adds]
    .map(([feature, added]) => ({ feature, adds: added }))
    .filter((reason) => Math.abs(reason.adds) > 0.01)
    .sort((one, other) => Math.abs(other.adds) - Math.abs(one.adds))
    .slice(0, MOST_REASONS);
  return { score: chanceOf(model, row), reasons };
}
