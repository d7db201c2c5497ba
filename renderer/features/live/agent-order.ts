import type { AgentStatus, AgentWorkState } from '#shared/contract/index.ts';

/** From what brings money to what does not. */
export const stateOrder: readonly AgentWorkState[] = [
  'talking',
  'ready',
  'reserved',
  'wrapUp',
  'notReady',
  'offline',
];

/**
 * Agents in an order that does not change when their states do: by name. Nobody has to be looked for again.
 * @param campaignId '' for everyone
 */
export function agentsOf(
  everyone: Readonly<Record<string, AgentStatus>>,
  campaignId: string,
): AgentStatus[] {
  return Object.values(everyone)
    .filter(
      (agent) => campaignId === '' || (agent.campaignIds as readonly string[]).includes(campaignId),
    )
    .sort(
      (a, b) => a.displayName.localeCompare(b.displayName) || a.personId.localeCompare(b.personId),
    );
}

export function countStates(agents: readonly AgentStatus[]): Record<AgentWorkState, number> {
  const counts: Record<AgentWorkState, number> = {
    offline: 0,
    notReady: 0,
    ready: 0,
    reserved: 0,
    talking: 0,
    wrapUp: 0,
  };
  for (const agent of agents) counts[agent.workState] += 1;
  return counts;
}
