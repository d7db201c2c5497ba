import type { AgentLine } from './protocol.ts';

export type AgentState = AgentLine['state'];

export interface PacedAgent {
  readonly id: string;
  state: AgentState;
  since: number;
  /** talks with somebody whom this pacer's call reached; otherwise by hand or inbound */
  onCampaignCall: boolean;
  /** so much of this state was told to the table that listens for changes */
  toldMs: number;
  /** when the agent said to be ready, latest last */
  notices: number[];
}

/** What is learnt when an agent's state ends. */
export interface FinishedState {
  state: AgentState;
  lastedMs: number;
  toldMs: number;
  onCampaignCall: boolean;
  /** ready less announced, for each notice given */
  noticeErrorsMs: number[];
  next: AgentState;
}

const MOST_NOTICES = 6;

/** Everybody who was ever heard of, and what they do now. */
export class Crew {
  readonly agents = new Map<string, PacedAgent>();

  /** @returns what ended with this line; null for a notice and for somebody new */
  take(line: AgentLine): FinishedState | null {
    const known = this.agents.get(line.id);
    if (known === undefined) {
      const agent = newAgent(line);
      this.agents.set(line.id, agent);
      notice(agent, line);
      return null;
    }
    if (known.state === line.state) {
      notice(known, line);
      return null;
    }
    const finished = finish(known, line);
    Object.assign(known, newAgent(line));
    notice(known, line);
    return finished;
  }

  /** A call was joined with this agent: the line about the agent may come later or be missing. */
  joined(id: string, at: number): void {
    const agent = this.agents.get(id);
    if (agent === undefined) return;
    if (agent.state !== 'talking')
      Object.assign(agent, { state: 'talking', since: at, notices: [], toldMs: 0 });
    agent.onCampaignCall = true;
  }

  count(state: AgentState): number {
    let count = 0;
    for (const agent of this.agents.values()) if (agent.state === state) count++;
    return count;
  }

  /** Agents at work: ready, talking or wrapping up. */
  present(): number {
    return this.agents.size - this.count('away');
  }
}

function newAgent(line: AgentLine): PacedAgent {
  return {
    id: line.id,
    state: line.state,
    since: line.at,
    onCampaignCall: false,
    toldMs: 0,
    notices: [],
  };
}

function notice(agent: PacedAgent, line: AgentLine): void {
  if (agent.state !== 'wrapUp' || line.readyInMs === undefined) return;
  agent.notices.push(line.at + line.readyInMs);
  if (agent.notices.length > MOST_NOTICES) agent.notices.shift();
}

function finish(agent: PacedAgent, line: AgentLine): FinishedState {
  return {
    state: agent.state,
    lastedMs: line.at - agent.since,
    onCampaignCall: agent.onCampaignCall,
    toldMs: agent.toldMs,
    noticeErrorsMs: agent.notices.map((due) => line.at - due),
    next: line.state,
  };
}
