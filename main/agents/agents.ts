import type { AgentStatus } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type Clock, Emitter } from '#shared/util/index.ts';
import type { Unbranded } from '../contract-server/types.ts';
import { type AgentEvent, type AgentState, transition } from './agent-machine.ts';

export type AgentLineState = AgentStatus['line'];

export interface AgentPerson {
  personId: string;
  displayName: string;
}

export interface AgentsOptions {
  clock: Clock;
  /** who this is; null: unknown or no longer active */
  personById(personId: string): AgentPerson | null;
  campaignsOf(personId: string): string[];
  /** the campaign that counts on this agent now, where several share them; its calls get the agent first */
  ownerOf?(personId: string): string | null;
}

export type AgentsEvent =
  | { type: 'changed'; status: Unbranded<AgentStatus> }
  /** the line went away while this call had the agent */
  | { type: 'lostDuringCall'; personId: string; callId: string }
  /** wrap-up ran out of time: somebody has to record an outcome */
  | { type: 'autoReadyDue'; personId: string; callId: string };

interface Agent {
  personId: string;
  state: AgentState;
  since: number;
  line: AgentLineState;
  /** when this agent began to wait for a call, monotonic ms */
  waitingSince: number;
  cancelAutoReady: (() => void) | null;
}

/** Presence and work states of all agents. Owns their timers; the calls belong to `telephony/call`. */
export class Agents {
  readonly #agents = new Map<string, Agent>();
  readonly #events = new Emitter<AgentsEvent>();
  readonly #options: AgentsOptions;

  constructor(options: AgentsOptions) {
    this.#options = options;
  }

  on(listener: (event: AgentsEvent) => void): () => void {
    return this.#events.on(listener);
  }

  status(personId: string): Unbranded<AgentStatus> {
    return this.#status(this.#agent(personId));
  }

  /** Everyone who has been here since the engine started. */
  list(): Unbranded<AgentStatus>[] {
    return [...this.#agents.values()].map((agent) => this.#status(agent));
  }

  state(personId: string): AgentState {
    return this.#agent(personId).state;
  }

  /**
   * Moves one agent.
   * @throws AppError `agent.not-now` when the event is refused in the present state
   */
  apply(personId: string, event: AgentEvent): void {
    const agent = this.#agent(personId);
    const result = transition(agent.state, event);
    if (result.verdict === 'refused')
      throw new AppError(
        'agent.not-now',
        `${event.type} is not possible while ${agent.state.kind}`,
        {
          details: { workState: agent.state.kind },
        },
      );
    if (result.verdict === 'ignored') return;
    if (result.state.kind !== agent.state.kind) agent.since = this.#options.clock.now();
    // A call that came to nothing does not send the agent to the end of the queue.
    if (result.state.kind === 'ready' && agent.state.kind !== 'ready' && event.type !== 'released')
      agent.waitingSince = this.#options.clock.monotonic();
    agent.state = result.state;
    for (const effect of result.effects) this.#perform(agent, effect);
    this.#announce(agent);
  }

  /** The line of this agent as telephony sees it; `up` means that packets flow. */
  setLine(personId: string, line: AgentLineState): void {
    const agent = this.#agent(personId);
    if (agent.line === line) return;
    agent.line = line;
    if (line === 'up') this.apply(personId, { type: 'lineUp' });
    else if (line === 'down') this.apply(personId, { type: 'lineDown' });
    this.#announce(agent);
  }

  /** Ready, with a flowing line: may get a call now. Longest waiting first. */
  free(campaignId: string | null): string[] {
    return [...this.#agents.values()]
      .filter((agent) => agent.state.kind === 'ready' && agent.line === 'up')
      .filter(
        (agent) =>
          campaignId === null || this.#options.campaignsOf(agent.personId).includes(campaignId),
      )
      .sort((a, b) => a.waitingSince - b.waitingSince)
      .map((agent) => agent.personId);
  }

  /** As `free`; those whom this campaign counts on come before those whom another does. */
  #ownFirst(campaignId: string | null): string[] {
    const { ownerOf } = this.#options;
    const free = this.free(campaignId);
    if (campaignId === null || ownerOf === undefined) return free;
    const own = free.filter((personId) => ownerOf(personId) === campaignId);
    return [...own, ...free.filter((personId) => !own.includes(personId))];
  }

  /** Takes the agent who has waited longest for this call, or null. A person who waits gets anybody rather than nobody. */
  reserveLongestWaiting(campaignId: string | null, callId: string): string | null {
    const [personId] = this.#ownFirst(campaignId);
    if (personId === undefined) return null;
    this.apply(personId, { type: 'reserve', callId });
    return personId;
  }

  /** Who has this call, if anyone. */
  holderOf(callId: string): string | null {
    for (const agent of this.#agents.values())
      if ('callId' in agent.state && agent.state.callId === callId) return agent.personId;
    return null;
  }

  dispose(): void {
    for (const agent of this.#agents.values()) agent.cancelAutoReady?.();
  }

  #agent(personId: string): Agent {
    let agent = this.#agents.get(personId);
    if (!agent) {
      const now = this.#options.clock.now();
      agent = {
        personId,
        state: { kind: 'offline' },
        since: now,
        line: 'down',
        waitingSince: 0,
        cancelAutoReady: null,
      };
      this.#agents.set(personId, agent);
    }
    return agent;
  }

  #perform(agent: Agent, effect: ReturnType<typeof transition>['effects'][number]): void {
    switch (effect.type) {
      case 'armAutoReady': {
        agent.cancelAutoReady?.();
        const delayMs = Math.max(0, effect.at - this.#options.clock.now());
        agent.cancelAutoReady = this.#options.clock.setTimer(delayMs, () => {
          agent.cancelAutoReady = null;
          this.#events.emit({
            type: 'autoReadyDue',
            personId: agent.personId,
            callId: effect.callId,
          });
        });
        return;
      }
      case 'disarmAutoReady':
        agent.cancelAutoReady?.();
        agent.cancelAutoReady = null;
        return;
      case 'lostDuringCall':
        this.#events.emit({
          type: 'lostDuringCall',
          personId: agent.personId,
          callId: effect.callId,
        });
    }
  }

  #announce(agent: Agent): void {
    this.#events.emit({ type: 'changed', status: this.#status(agent) });
  }

  #status(agent: Agent): Unbranded<AgentStatus> {
    const { state } = agent;
    return {
      personId: agent.personId,
      displayName: this.#options.personById(agent.personId)?.displayName ?? '',
      workState: state.kind,
      since: agent.since,
      next: 'next' in state ? state.next : state.kind === 'ready' ? 'ready' : 'notReady',
      line: agent.line,
      callId: 'callId' in state ? state.callId : null,
      campaignIds: this.#options.campaignsOf(agent.personId),
      autoReadyAt: state.kind === 'wrapUp' ? state.autoReadyAt : null,
    };
  }
}
