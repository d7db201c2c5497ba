export { LiveCampaigns, type LiveView } from './live-campaigns.ts';
