import { describe, expect, it } from 'vitest';
import { anAgentStatus, anId } from '../../testing/fixtures.ts';
import { agentsOf, countStates } from './agent-order.ts';

const everyone = Object.fromEntries(
  [
    anAgentStatus({ personId: anId(2), displayName: 'Żaneta', workState: 'talking' }),
    anAgentStatus({ personId: anId(1), displayName: 'Adam', campaignIds: [] }),
    anAgentStatus({ personId: anId(3), displayName: 'Łukasz', workState: 'ready' }),
  ].map((agent) => [agent.personId, agent]),
);

describe('the agents’ board', () => {
  it('is ordered by name, whatever the states', () => {
    const names = agentsOf(everyone, '').map((agent) => agent.displayName);
    expect(names).toEqual(['Adam', 'Łukasz', 'Żaneta']);
  });

  it('shows a campaign’s own agents', () => {
    expect(agentsOf(everyone, anId(50)).map((agent) => agent.displayName)).toEqual([
      'Łukasz',
      'Żaneta',
    ]);
  });

  it('counts states', () => {
    expect(countStates(Object.values(everyone))).toMatchObject({
      talking: 1,
      ready: 1,
      notReady: 1,
      offline: 0,
    });
  });
});
