export { dialingModeOf, readCampaignSettings } from './campaign-settings.ts';
