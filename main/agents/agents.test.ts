import { describe, expect, it } from 'vitest';
import { manualClock } from '../testing/contract-clock.ts';
import { Agents, type AgentsEvent } from './index.ts';

function open() {
  const clock = manualClock();
  const campaigns: Record<string, string[]> = {};
  const agents = new Agents({
    clock,
    personById: (personId) => ({ personId, displayName: personId }),
    campaignsOf: (personId) => campaigns[personId] ?? ['c'],
  });
  const events: AgentsEvent[] = [];
  agents.on((event) => events.push(event));
  const ready = (personId: string) => {
    agents.setLine(personId, 'up');
    agents.apply(personId, { type: 'ready' });
    clock.advance(10);
  };
  return { agents, clock, campaigns, events, ready };
}

describe('agents', () => {
  it('the one who has waited longest gets the call', () => {
    const { agents, ready } = open();
    ready('anna');
    ready('boris');
    expect(agents.reserveLongestWaiting('c', '1')).toBe('anna');
    expect(agents.reserveLongestWaiting('c', '2')).toBe('boris');
    expect(agents.reserveLongestWaiting('c', '3')).toBeNull();
  });

  it('after a call an agent waits behind the others; after one that came to nothing in the old place', () => {
    const { agents, clock, ready } = open();
    ready('anna');
    ready('boris');
    agents.reserveLongestWaiting('c', '1');
    agents.apply('anna', { type: 'released', callId: '1' });
    expect(agents.free('c')).toEqual(['anna', 'boris']);
    agents.reserveLongestWaiting('c', '2');
    agents.apply('anna', { type: 'joined', callId: '2' });
    agents.apply('anna', { type: 'callEnded', callId: '2', autoReadyAt: null });
    clock.advance(10);
    agents.apply('anna', { type: 'disposed', callId: '2', next: 'ready' });
    expect(agents.free('c')).toEqual(['boris', 'anna']);
  });

  it('only a flowing line takes calls, and only of its campaigns', () => {
    const { agents, campaigns, ready } = open();
    ready('anna');
    campaigns.anna = ['other'];
    expect(agents.free('c')).toEqual([]);
    expect(agents.free(null)).toEqual(['anna']);
    agents.setLine('anna', 'silent');
    expect(agents.free(null)).toEqual([]);
    expect(agents.state('anna').kind).toBe('ready');
  });

  it('a line that is opened again leaves the agent as the agent was', () => {
    const { agents, ready } = open();
    ready('anna');
    agents.setLine('anna', 'connecting');
    expect(agents.free(null)).toEqual([]);
    agents.setLine('anna', 'up');
    expect(agents.free(null)).toEqual(['anna']);
  });

  it('tells when wrap-up runs out of time, unless the outcome came before', () => {
    const { agents, clock, events, ready } = open();
    ready('anna');
    const talk = (callId: string) => {
      agents.apply('anna', { type: 'reserve', callId });
      agents.apply('anna', { type: 'joined', callId });
      agents.apply('anna', { type: 'callEnded', callId, autoReadyAt: clock.now() + 1_000 });
    };
    const due = () => events.filter(({ type }) => type === 'autoReadyDue').length;
    talk('1');
    clock.advance(999);
    expect(due()).toBe(0);
    clock.advance(1);
    expect(due()).toBe(1);
    agents.apply('anna', { type: 'disposed', callId: '1', next: 'ready' });
    talk('2');
    agents.apply('anna', { type: 'disposed', callId: '2', next: 'ready' });
    clock.advance(5_000);
    expect(due()).toBe(1);
  });
});
