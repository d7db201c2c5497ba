import { type CampaignSettings, defaultCampaignSettings } from '#shared/contract/index.ts';
import type { DialingMode } from '#shared/domain/index.ts';

/** Settings as they are stored; what an earlier version did not know has its default. */
export function readCampaignSettings(settingsJson: string): CampaignSettings {
  return { ...defaultCampaignSettings, ...(JSON.parse(settingsJson) as Partial<CampaignSettings>) };
}

/** What the rules call the way in which a campaign dials: a ratio of lines dials ahead as the predictive way does. */
export function dialingModeOf(mode: CampaignSettings['mode']): DialingMode {
  return mode === 'power' ? 'predictive' : mode;
}
