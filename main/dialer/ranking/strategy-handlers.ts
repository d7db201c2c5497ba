import { defaultCampaignSettings } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Handlers } from '../../contract-server/types.ts';
import {
  type PreviewedOrder,
  type PreviewQuery,
  periodOf,
  weightsOn,
} from '../../debtors/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { readOrders } from '../numbers/index.ts';
import { firmDate } from './ranked-lists.ts';

export interface StrategyHandlersParts {
  read: ReadDb;
  clock: { now(): number };
  lists: { previewOrder(query: PreviewQuery): Promise<PreviewedOrder> };
}

/** `campaign.preview-strategy`: debtors in the order of a strategy, before it is saved. */
export function createStrategyHandlers({ read, clock, lists }: StrategyHandlersParts): Handlers {
  return {
    'campaign.preview-strategy': async ({ portfolioId, strategy, limit }) => {
      if (!hasPortfolio(read, portfolioId))
        throw new AppError('contract.not-found', 'no such portfolio');
      const date = firmDate(clock.now());
      const weights = weightsOn(strategy, date);
      const { rows, ...counts } = await lists.previewOrder({
        ...{ portfolioId, strategy, weights, limit },
      });
      const numbers = numbersNow(
        read,
        rows.map(({ debtorId }) => debtorId),
        clock.now(),
      );
      return {
        ...counts,
        period: periodOf(strategy, date)?.name ?? null,
        rows: rows.map((row, index) => ({
          ...row,
          number: numbers[index]?.number ?? null,
          numberKind: numbers[index]?.kind ?? null,
        })),
      };
    },
  };
}

function hasPortfolio(read: ReadDb, portfolioId: string): boolean {
  const sql = 'SELECT 1 FROM portfolio WHERE id = ? AND deletedAt IS NULL';
  return read.get(sql, portfolioId) !== undefined;
}

/** Which number would be tried at this hour, under the usual table of hours: a strategy has none of its own. */
function numbersNow(read: ReadDb, debtorIds: readonly string[], at: number) {
  const { numbers: rules, lookup } = defaultCampaignSettings;
  const asked = { rules, absentWaitMs: lookup.absentWaitMs, at };
  return readOrders(read, debtorIds, asked).map(({ numbers: [first] }) => first);
}
