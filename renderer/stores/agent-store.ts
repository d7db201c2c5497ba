import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AgentStatus, CommandOutput, PreviewOffer } from '#shared/contract/index.ts';

export type Today = CommandOutput<'agent.today'>;

export interface AgentView {
  /** the person at this window */
  own: AgentStatus | null;
  today: Today | null;
  /** whom a campaign proposes to call next, to the person at this window */
  offer: PreviewOffer | null;
  /** everyone, by id; kept current by events */
  everyone: Record<string, AgentStatus>;
}

export function createAgentStore(): StoreApi<AgentView> {
  return createStore<AgentView>(() => ({ own: null, today: null, offer: null, everyone: {} }));
}

/** Puts one agent's new status where it belongs. */
export function withAgent(view: AgentView, status: AgentStatus, ownId: string): AgentView {
  return {
    ...view,
    own: status.personId === ownId ? status : view.own,
    everyone: { ...view.everyone, [status.personId]: status },
  };
}
