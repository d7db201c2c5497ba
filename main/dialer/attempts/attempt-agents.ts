import type { Agents } from '../../agents/index.ts';
import type { Attempt } from './attempt.ts';
import type { AttemptEvent, AttemptState } from './attempt-machine.ts';

export interface AttemptAgentsOptions {
  agents: Agents;
  /** epoch ms when wrap-up ends by itself for calls of this campaign; null = never */
  autoReadyAt(campaignId: string | null): number | null;
}

/** Which agent an attempt takes, and how they become free again. */
export class AttemptAgents {
  readonly #options: AttemptAgentsOptions;

  constructor(options: AttemptAgentsOptions) {
    this.#options = options;
  }

  /** Manual and preview calls have their agent since before the dial; others get who waited longest. */
  choose({ start, callId }: Attempt): string | null {
    if (start.personId !== null) return start.personId;
    return this.#options.agents.reserveLongestWaiting(start.campaignId, callId);
  }

  /** Who dialed by hand, or took an offer, still has their line and this call. */
  isThere({ start, callId }: Attempt): boolean {
    const { personId } = start;
    if (personId === null) return true;
    const state = this.#options.agents.state(personId);
    return state.kind === 'reserved' && state.callId === callId;
  }

  /** One was chosen for an answer that came too late to mean anything. */
  giveBack(attempt: Attempt, event: AttemptEvent): void {
    const chosen = event.type === 'answered' || event.type === 'agentFound' ? event.personId : null;
    if (chosen === null) return;
    if (attempt.state.kind === 'joined' && attempt.state.personId === chosen) return;
    this.#options.agents.apply(chosen, { type: 'released', callId: attempt.callId });
  }

  /** The attempt has ended: who talked goes on to wrap-up. */
  free({ start, callId }: Attempt, before: AttemptState): void {
    const { agents, autoReadyAt } = this.#options;
    if (before.kind === 'joined')
      agents.apply(before.personId, {
        type: 'callEnded',
        callId,
        autoReadyAt: autoReadyAt(start.campaignId),
      });
    else if (start.personId !== null) agents.apply(start.personId, { type: 'released', callId });
  }

  /** The attempt was given up, whatever it was doing. */
  freeHolder(callId: string): void {
    const { agents } = this.#options;
    const holder = agents.holderOf(callId);
    if (holder === null) return;
    const talked = agents.state(holder).kind === 'talking';
    agents.apply(holder, { type: talked ? 'callEnded' : 'released', callId, autoReadyAt: null });
  }
}
