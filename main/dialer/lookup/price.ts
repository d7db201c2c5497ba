import type { ReadDb } from '../../store/types.ts';
import type { GatewayRecord } from './gateway-rows.ts';
import { highestTold, type JobView } from './job-rows.ts';
import { providers } from './providers/index.ts';

export interface Price {
  /** what one number is reckoned with, millionths: the gateway's own price or more, where its provider ever took more */
  eachMicro: number;
  /** the provider itself said what it takes */
  told: boolean;
}

export function priceOf(db: ReadDb, { lookupGatewayId, kind, priceMicro }: GatewayRecord): Price {
  // Made-up answers cost nothing: there is nothing to learn.
  if (providers[kind].kind === 'local') return { eachMicro: priceMicro, told: true };
  const highest = highestTold(db, lookupGatewayId);
  return { eachMicro: Math.max(priceMicro, highest), told: highest > 0 };
}

/**
 * How many numbers may be asked about at once without passing the budget. As long as the provider has not said what it takes,
 * a job with a budget asks about one number first; without any price at all each question is about one number.
 */
export function affordable(
  { budgetMicro, costMicro, done }: JobView,
  { eachMicro, told }: Price,
): number {
  if (budgetMicro === null) return Number.POSITIVE_INFINITY;
  const rest = budgetMicro - costMicro;
  if (eachMicro === 0) return told ? Number.POSITIVE_INFINITY : rest > 0 ? 1 : 0;
  const many = Math.max(0, Math.floor(rest / eachMicro));
  return told || done > 0 ? many : Math.min(1, many);
}
