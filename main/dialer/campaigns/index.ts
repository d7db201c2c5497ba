export { createCampaignHandlers } from './campaign-handlers.ts';
export { callerNumber, findCampaign } from './campaign-queries.ts';
export { campaignWrites } from './campaign-writes.ts';
export { Campaigns, type CampaignsOptions, type CampaignView } from './campaigns.ts';
export { createNumberOrder } from './number-order.ts';
export { createOfferHandlers } from './offer-handlers.ts';
export { createPacingHandlers } from './pacing-handlers.ts';
