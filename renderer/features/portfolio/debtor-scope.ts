import type { ListFilter } from '#shared/contract/index.ts';
import type { CampaignId, PortfolioId } from '#shared/domain/index.ts';

/** By what debtors are taken together. */
export type Whose = 'campaign' | 'portfolio' | 'filter';

/** What is chosen under each of the three: changing over and back loses nothing. Empty: nothing yet. */
export interface ScopeChoice {
  whose: Whose;
  campaignId: string;
  portfolioId: string;
  filter: ListFilter;
}

/** Whose debtors a command is about. */
export type DebtorScope =
  | { campaignId: CampaignId }
  | { portfolioId: PortfolioId }
  | { filter: ListFilter };

/** The debtors that are chosen; null while nothing is. A filter without a condition is nobody, not everybody. */
export function scopeOf({
  whose,
  campaignId,
  portfolioId,
  filter,
}: ScopeChoice): DebtorScope | null {
  if (whose === 'campaign') {
    return campaignId === '' ? null : { campaignId: campaignId as CampaignId };
  }
  if (whose === 'portfolio') {
    return portfolioId === '' ? null : { portfolioId: portfolioId as PortfolioId };
  }
  return Object.keys(filter).length === 0 ? null : { filter };
}
