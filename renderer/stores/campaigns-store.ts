import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Campaign } from '#shared/contract/index.ts';

export interface CampaignsView {
  byId: Record<string, Campaign>;
  loaded: boolean;
}

export function createCampaignsStore(): StoreApi<CampaignsView> {
  return createStore<CampaignsView>(() => ({ byId: {}, loaded: false }));
}

/** Campaigns by name, the running ones first. */
export function sortedCampaigns(view: CampaignsView): Campaign[] {
  const rank = (campaign: Campaign): number => (campaign.status === 'running' ? 0 : 1);
  return Object.values(view.byId).sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
