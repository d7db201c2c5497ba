import { AppError } from '#shared/errors/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Handlers } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import { inForce } from '../door/choose-packs.ts';
import { readAbandonmentBudgets } from './campaign-budgets.ts';
import { findBudgetCampaign } from './find-campaign.ts';

export interface AbandonmentParts {
  read: ReadDb;
  clock: Clock;
  /** all packs of the store; those that are not in force now are left out */
  packs(): readonly RulePack[];
}

/** `rules.abandonment`. */
export function createAbandonmentHandlers(parts: AbandonmentParts): Handlers {
  return {
    'rules.abandonment': ({ campaignId }) => {
      const campaign = findBudgetCampaign(parts.read, campaignId);
      if (!campaign) throw new AppError('contract.not-found', 'no such campaign');
      const now = parts.clock.now();
      const packs = parts.packs().filter((pack) => inForce(pack, now));
      return { budgets: readAbandonmentBudgets(parts.read, campaign, { packs, now }) };
    },
  };
}
