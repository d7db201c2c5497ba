export type { AgentView, Today } from './agent-store.ts';
export type { AppView } from './app-store.ts';
export {
  type CallView,
  cardWithInteraction,
  type MissedInbound,
  partyOf,
  reduceCall,
} from './call-state.ts';
export { type CampaignsView, sortedCampaigns } from './campaigns-store.ts';
export type { ConnectionState, ContractClient } from './client-port.ts';
export type { ConnectionView } from './connection-store.ts';
export { type Draft, type Drafts, emptyDraft, isEmptyDraft } from './drafts.ts';
export { createStores, type Stores } from './stores.ts';
export { startSync } from './sync.ts';
