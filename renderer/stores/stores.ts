import type { StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/util/index.ts';
import { type AgentView, createAgentStore } from './agent-store.ts';
import { type AppView, createAppStore } from './app-store.ts';
import type { CallView } from './call-state.ts';
import { createCallStore } from './call-store.ts';
import { type CampaignsView, createCampaignsStore } from './campaigns-store.ts';
import type { ContractClient } from './client-port.ts';
import { type ConnectionView, createConnectionStore } from './connection-store.ts';
import { createDrafts, type Drafts, draftPreferenceKey } from './drafts.ts';

export interface Stores {
  connection: StoreApi<ConnectionView>;
  app: StoreApi<AppView>;
  agent: StoreApi<AgentView>;
  call: StoreApi<CallView>;
  campaigns: StoreApi<CampaignsView>;
  drafts: Drafts;
}

export function createStores(client: ContractClient, clock: Clock): Stores {
  return {
    connection: createConnectionStore(client),
    app: createAppStore(),
    agent: createAgentStore(),
    call: createCallStore(),
    campaigns: createCampaignsStore(),
    drafts: createDrafts(
      {
        save: async (key, draft) => {
          await client.send('app.set-preference', { key: draftPreferenceKey(key), value: draft });
        },
      },
      clock,
    ),
  };
}
