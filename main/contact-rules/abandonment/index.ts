export { type AbandonmentParts, createAbandonmentHandlers } from './abandonment-handlers.ts';
export type { AbandonmentWindow } from './abandonment-window.ts';
export { type AbandonmentCounts, measureAbandonment } from './budget.ts';
export {
  type BudgetCampaign,
  type BudgetOptions,
  readAbandonmentBudgets,
} from './campaign-budgets.ts';
export { findBudgetCampaign } from './find-campaign.ts';
