import type { AgentLine, CallLine, PacerLine } from '../pacing/index.ts';

export interface FloorSummary {
  dials: number;
  answered: number;
  connected: number;
  abandoned: number;
  cancelled: number;
  /** ms of agents in each state */
  talkMs: number;
  wrapUpMs: number;
  readyMs: number;
  /** `at` of the last line */
  lastAt: number;
}

/** Adds up what lines tell of calls and of the time of agents, between two instants. */
export class FloorTimes {
  readonly #from: number;
  readonly #to: number;
  readonly #agents = new Map<string, { state: AgentLine['state']; since: number }>();
  readonly #calls = new Map<string, CallLine['state']>();
  #last = 0;
  readonly #sum: FloorSummary = {
    dials: 0,
    answered: 0,
    connected: 0,
    abandoned: 0,
    cancelled: 0,
    talkMs: 0,
    wrapUpMs: 0,
    readyMs: 0,
    lastAt: 0,
  };

  constructor(from: number, to: number) {
    this.#from = from;
    this.#to = to;
  }

  take(line: PacerLine): void {
    this.#last = line.at;
    if (line.type === 'agent') this.#agent(line);
    else if (line.type === 'call') this.#call(line);
  }

  summary(): FloorSummary {
    for (const agent of this.#agents.values()) {
      this.#spend(agent, this.#last);
      agent.since = this.#last;
    }
    return { ...this.#sum, lastAt: this.#last };
  }

  #agent({ id, state, at }: AgentLine): void {
    const before = this.#agents.get(id);
    if (before?.state === state) return;
    if (before) this.#spend(before, at);
    this.#agents.set(id, { state, since: at });
  }

  #spend({ state, since }: { state: AgentLine['state']; since: number }, until: number): void {
    const ms = Math.min(until, this.#to) - Math.max(since, this.#from);
    if (ms <= 0 || state === 'away') return;
    if (state === 'talking') this.#sum.talkMs += ms;
    else if (state === 'wrapUp') this.#sum.wrapUpMs += ms;
    else this.#sum.readyMs += ms;
  }

  #call({ id, state, at }: CallLine): void {
    const before = this.#calls.get(id);
    if (state === 'ended') this.#calls.delete(id);
    else this.#calls.set(id, state);
    if (before === state || at < this.#from || at >= this.#to) return;
    if (state === 'dialing') this.#sum.dials += 1;
    else if (state === 'humanAnswered') this.#sum.answered += 1;
    else if (state === 'connected') this.#sum.connected += 1;
    else if (state === 'abandoned') this.#sum.abandoned += 1;
    else if (state === 'cancelled') this.#sum.cancelled += 1;
  }
}
