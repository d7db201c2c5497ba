/** What the pacer knows when it is asked. */
export interface PacingSnapshot {
  /** ready, with a flowing line, and not reserved */
  freeAgents: number;
  /** dialed, and neither joined, abandoned nor ended */
  inFlight: number;
  /** from dialing to ended */
  callsUp: number;
  maxConcurrentCalls: number;
}

export interface PacingDecision {
  /** calls to start now */
  dial: number;
  why: {
    rule: 'progressive' | 'line-limit' | 'no-free-agent';
    freeAgents: number;
    inFlight: number;
  };
}

/**
 * One call for each agent who is free and has none on its way: nobody who answers can meet silence, because every
 * call in flight has its agent.
 */
export function decideProgressive(snapshot: PacingSnapshot): PacingDecision {
  const { freeAgents, inFlight, callsUp, maxConcurrentCalls } = snapshot;
  const wanted = Math.max(0, freeAgents - inFlight);
  const lines = Math.max(0, maxConcurrentCalls - callsUp);
  const dial = Math.min(wanted, lines);
  const rule = freeAgents === 0 ? 'no-free-agent' : dial < wanted ? 'line-limit' : 'progressive';
  return { dial, why: { rule, freeAgents, inFlight } };
}
