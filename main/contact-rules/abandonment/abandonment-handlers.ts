import { AppError } from '#shared/errors/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Handlers } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import { readAbandonmentBudgets } from './campaign-budgets.ts';
import { findBudgetCampaign } from './find-campaign.ts';

export interface AbandonmentParts {
  read: ReadDb;
  clock: Clock;
  /** those of the store that are in force at `now` (epoch ms) */
  packsInForce(now: number): readonly RulePack[];
}

/** `rules.abandonment`. */
export function createAbandonmentHandlers(parts: AbandonmentParts): Handlers {
  return {
    'rules.abandonment': ({ campaignId }) => {
      const campaign = findBudgetCampaign(parts.read, campaignId);
      if (!campaign) throw new AppError('contract.not-found', 'no such campaign');
      const now = parts.clock.now();
      const packs = parts.packsInForce(now);
      return { budgets: readAbandonmentBudgets(parts.read, campaign, { packs, now }) };
    },
  };
}
