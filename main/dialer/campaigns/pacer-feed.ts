import type { AgentWorkState } from '#shared/contract/index.ts';
import type { AgentLine, CallLine, CallState } from '../pacing/index.ts';
import type { AttemptStage } from '../types.ts';

/** What the feed of one campaign is told of an agent who works in it. */
export interface FedAgent {
  personId: string;
  workState: AgentWorkState;
  callId: string | null;
  /** what comes after wrap-up */
  next: 'ready' | 'notReady';
  /** packets flow on the line */
  lineUp: boolean;
  /** the campaign may count on this agent now */
  owned: boolean;
  /** epoch ms when a wrap-up is expected to end; null: not known */
  readyAt: number | null;
}

type Untimed<Line> = Omit<Line, 'at'>;
export type FeedLine = Untimed<AgentLine> | Untimed<CallLine>;

/** A call from its dial to its end. */
export interface OpenCall {
  state: CallState;
  /** epoch ms when it began to ring; null: it does not ring, or not any more */
  ringingSince: number | null;
}

interface Told {
  state: AgentLine['state'];
  readyAt: number | null;
}

/** Outcomes before an agent, as the pacer knows them. */
const ENDS: Record<NonNullable<AttemptStage['result']>, CallState | null> = {
  answered: null,
  abandoned: 'abandoned',
  machine: 'machine',
  busy: 'busy',
  noAnswer: 'noAnswer',
  rejected: 'failed',
  invalidNumber: 'failed',
  networkFailure: 'failed',
  interrupted: 'failed',
  cancelled: 'cancelled',
};

/**
 * Turns what agents and calls do into the lines of one campaign's pacer. An agent whom the campaign may not count on is away; one
 * who talks by hand or inbound talks without a call. Calls that had their agent before the dial are none of the
 * pacer's.
 */
export class PacerFeed {
  readonly #agents = new Map<string, Told>();
  readonly #calls: Map<string, OpenCall>;
  readonly #tell: (line: FeedLine) => void;
  readonly #now: () => number;

  /**
   * @param now epoch ms
   * @param open calls that are on their way since before this feed
   */
  constructor(
    tell: (line: FeedLine) => void,
    now: () => number,
    open: ReadonlyMap<string, OpenCall> = new Map(),
  ) {
    this.#tell = tell;
    this.#now = now;
    this.#calls = new Map(open);
  }

  get open(): ReadonlyMap<string, OpenCall> {
    return this.#calls;
  }

  /** Calls that nobody has answered. */
  get unanswered(): number {
    return this.#count(['dialing', 'ringing']);
  }

  /** Calls that count on an agent: nobody has answered, or somebody waits. */
  get unjoined(): number {
    return this.#count(['dialing', 'ringing', 'humanAnswered']);
  }

  /** The call that has rung longest, if it rings since `before` (epoch ms). */
  longestRinging(before: number): string | null {
    let longest: { callId: string; since: number } | null = null;
    for (const [callId, { ringingSince: since }] of this.#calls)
      if (since !== null && since <= before && (longest === null || since < longest.since))
        longest = { callId, since };
    return longest?.callId ?? null;
  }

  /** @returns true when the pacer was told something */
  agent(agent: FedAgent): boolean {
    const { personId } = agent;
    const told = this.#agents.get(personId);
    const joined = agent.workState === 'talking' && this.#join(agent);
    const state = this.#stateOf(agent, told);
    if (state === null || (told === undefined && state === 'away')) return joined;
    const readyAt = state === 'wrapUp' ? agent.readyAt : null;
    const known = this.#agents.get(personId);
    if (known?.state === state && known.readyAt === readyAt) return joined;
    // A notice that does not hold any more is not taken back by a line; the next one corrects it.
    if (known?.state === state && readyAt === null) return joined;
    this.#agents.set(personId, { state, readyAt });
    const notice = readyAt === null ? {} : { readyInMs: Math.max(0, readyAt - this.#now()) };
    this.#tell({ type: 'agent', id: personId, state, ...notice });
    return true;
  }

  /** @returns true when the pacer was told something */
  stage({ callId, state, result, withAgent }: AttemptStage): boolean {
    if (withAgent) return false;
    const known = this.#calls.get(callId)?.state;
    if (known === undefined && state !== 'dialing' && result !== 'abandoned') return false;
    if (state !== 'ended') {
      this.#call(callId, state);
      return true;
    }
    const end = ENDS[result ?? 'interrupted'];
    if (end !== null && known !== 'abandoned' && known !== 'connected') this.#call(callId, end);
    this.#calls.delete(callId);
    this.#tell({ type: 'call', id: callId, state: 'ended' });
    return true;
  }

  /** Everything that stands now, told to a new pacer. */
  repeat(tell: (line: FeedLine) => void): void {
    for (const [id, { state, readyAt }] of this.#agents) {
      const notice = readyAt === null ? {} : { readyInMs: Math.max(0, readyAt - this.#now()) };
      tell({ type: 'agent', id, state, ...notice });
    }
    for (const [id, { state }] of this.#calls) tell({ type: 'call', id, state });
  }

  isOpen(callId: string): boolean {
    return this.#calls.has(callId);
  }

  #call(id: string, state: CallState): void {
    this.#calls.set(id, { state, ringingSince: state === 'ringing' ? this.#now() : null });
    this.#tell({ type: 'call', id, state });
  }

  #count(states: readonly CallState[]): number {
    let count = 0;
    for (const { state } of this.#calls.values()) if (states.includes(state)) count += 1;
    return count;
  }

  /** A call of this campaign has its agent. Whom it may not count on is not named: their talk teaches it nothing. */
  #join({ personId, callId, owned }: FedAgent): boolean {
    const known = callId === null ? undefined : this.#calls.get(callId)?.state;
    if (callId === null || known === undefined || known === 'connected') return false;
    this.#calls.set(callId, { state: 'connected', ringingSince: null });
    this.#tell({
      type: 'call',
      id: callId,
      state: 'connected',
      ...(owned ? { agent: personId } : {}),
    });
    return true;
  }

  #stateOf(agent: FedAgent, told: Told | undefined): Told['state'] | null {
    const { workState, callId, owned, lineUp, next } = agent;
    if (!owned) return 'away';
    switch (workState) {
      case 'offline':
      case 'notReady':
        return 'away';
      case 'ready':
        return lineUp ? 'ready' : 'away';
      case 'reserved':
        // For a call of ours: the person waits, and the agent is owed to them until they are joined.
        return callId !== null && this.#calls.has(callId) ? (told?.state ?? 'ready') : 'talking';
      case 'talking':
        return 'talking';
      case 'wrapUp':
        return lineUp && next === 'ready' ? 'wrapUp' : 'away';
    }
  }
}
