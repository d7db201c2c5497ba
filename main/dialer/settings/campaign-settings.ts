import { type CampaignSettings, defaultCampaignSettings } from '#shared/contract/index.ts';
import type { DialingMode } from '#shared/domain/index.ts';

/** Settings as they are stored; what an earlier version did not know has its default, and what only it knew is left out. */
export function readCampaignSettings(settingsJson: string): CampaignSettings {
  const stored = JSON.parse(settingsJson) as Partial<CampaignSettings>;
  const known = Object.entries(stored).filter(([name]) => name in defaultCampaignSettings);
  return { ...defaultCampaignSettings, ...Object.fromEntries(known) };
}

/** What the rules call the way in which a campaign dials: a ratio of lines dials ahead as the predictive way does. */
export function dialingModeOf(mode: CampaignSettings['mode']): DialingMode {
  return mode === 'power' ? 'predictive' : mode;
}
