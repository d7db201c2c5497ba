/** What an agent does, as far as a campaign's figures go. */
export type AgentUse = 'away' | 'idle' | 'talking' | 'wrapUp';

interface AgentTime {
  use: AgentUse;
  since: number;
  conversations: number;
  talkMs: number;
  wrapUpMs: number;
  idleMs: number;
}

/** Time of each agent in one campaign, since the figures began. */
export class AgentTimes {
  readonly #agents = new Map<string, AgentTime>();
  readonly #spent: (at: number, presentMs: number, busyMs: number) => void;

  /** @param spent gets each stretch of an agent's time once */
  constructor(spent: (at: number, presentMs: number, busyMs: number) => void) {
    this.#spent = spent;
  }

  set(personId: string, use: AgentUse, now: number): void {
    const agent = this.#agent(personId, now);
    this.#settle(agent, now);
    if (use === 'talking' && agent.use !== 'talking') agent.conversations += 1;
    agent.use = use;
  }

  settleAll(now: number): void {
    for (const agent of this.#agents.values()) this.#settle(agent, now);
  }

  of(personId: string): Readonly<AgentTime> | null {
    return this.#agents.get(personId) ?? null;
  }

  total(): { talkMs: number; wrapUpMs: number; idleMs: number; conversations: number } {
    const total = { talkMs: 0, wrapUpMs: 0, idleMs: 0, conversations: 0 };
    for (const agent of this.#agents.values()) {
      total.talkMs += agent.talkMs;
      total.wrapUpMs += agent.wrapUpMs;
      total.idleMs += agent.idleMs;
      total.conversations += agent.conversations;
    }
    return total;
  }

  #agent(personId: string, now: number): AgentTime {
    let agent = this.#agents.get(personId);
    if (agent === undefined) {
      agent = { use: 'away', since: now, conversations: 0, talkMs: 0, wrapUpMs: 0, idleMs: 0 };
      this.#agents.set(personId, agent);
    }
    return agent;
  }

  #settle(agent: AgentTime, now: number): void {
    const passed = Math.max(0, now - agent.since);
    agent.since = now;
    if (agent.use === 'away' || passed === 0) return;
    if (agent.use === 'talking') agent.talkMs += passed;
    else if (agent.use === 'wrapUp') agent.wrapUpMs += passed;
    else agent.idleMs += passed;
    this.#spent(now, passed, agent.use === 'idle' ? 0 : passed);
  }
}
