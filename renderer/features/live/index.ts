export { CampaignLivePanel } from './campaign-live-panel.tsx';
export { DecisionsPanel } from './decisions-panel.tsx';
export { useLiveOf } from './use-live-of.ts';
