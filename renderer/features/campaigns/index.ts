export { AbandonmentBar } from './abandonment-bar.tsx';
export { AgentChoice } from './agent-choice.tsx';
export { BlockedNotice } from './blocked-notice.tsx';
export { CampaignActions } from './campaign-actions.tsx';
export { CampaignStatusDot } from './campaign-status-dot.tsx';
export { counterFigures, sumCounters } from './counters.ts';
export { ListProgress, strategyHref } from './list-progress.tsx';
export { SilenceSlider } from './silence-slider.tsx';
export { useRestedChange } from './use-rested-change.ts';
