import { describe, expect, it } from 'vitest';
import { type AgentEvent, type AgentState, transition } from './agent-machine.ts';

const call = 'c1';
const states: Record<string, AgentState> = {
  offline: { kind: 'offline' },
  notReady: { kind: 'notReady' },
  ready: { kind: 'ready' },
  reserved: { kind: 'reserved', callId: call, next: 'ready' },
  talking: { kind: 'talking', callId: call, next: 'ready' },
  wrapUp: { kind: 'wrapUp', callId: call, next: 'ready', autoReadyAt: 5, lineUp: true },
};
const events: Record<string, AgentEvent> = {
  lineUp: { type: 'lineUp' },
  lineDown: { type: 'lineDown' },
  ready: { type: 'ready' },
  notReady: { type: 'notReady' },
  reserve: { type: 'reserve', callId: call },
  released: { type: 'released', callId: call },
  joined: { type: 'joined', callId: call },
  callEnded: { type: 'callEnded', callId: call, autoReadyAt: 9 },
  wrapUpExtended: { type: 'wrapUpExtended', autoReadyAt: null },
  disposed: { type: 'disposed', callId: call, next: 'ready' },
  resumeWrapUp: { type: 'resumeWrapUp', callId: call, autoReadyAt: null },
};

// one row for each state, one column for each event, in the order of `events`
const table: Record<string, string[]> = {
  offline: ['notReady', '-', 'x', 'x', 'x', '-', 'x', '-', 'x', '-', 'wrapUp'],
  notReady: ['-', 'offline', 'ready', '-', 'reserved', '-', 'x', '-', 'x', '-', 'wrapUp'],
  ready: ['-', 'offline', '-', 'notReady', 'reserved', '-', 'x', '-', 'x', '-', 'wrapUp'],
  reserved: ['-', 'offline', '-', 'reserved', 'x', 'ready', 'talking', '-', 'x', '-', 'x'],
  talking: ['-', 'wrapUp', '-', 'talking', 'x', '-', 'x', 'wrapUp', 'x', '-', 'x'],
  wrapUp: ['-', 'wrapUp', '-', 'wrapUp', 'x', '-', 'x', '-', 'wrapUp', 'ready', 'x'],
};

describe('agent machine', () => {
  for (const [stateName, row] of Object.entries(table)) {
    Object.keys(events).forEach((eventName, column) => {
      const expected = row[column]!;
      it(`${stateName} on ${eventName}: ${expected}`, () => {
        const result = transition(states[stateName]!, events[eventName]!);
        if (expected === '-') expect(result.verdict).toBe('ignored');
        else if (expected === 'x') expect(result.verdict).toBe('refused');
        else expect(result).toMatchObject({ verdict: 'taken', state: { kind: expected } });
        if (expected === '-' || expected === 'x') expect(result.state).toBe(states[stateName]);
      });
    });
  }

  it('tells the owner of calls when a line is lost during a call', () => {
    expect(transition(states.talking!, { type: 'lineDown' }).effects).toEqual([
      { type: 'lostDuringCall', callId: call },
    ]);
  });

  it('remembers the wish for a pause until the outcome is recorded', () => {
    const wish = transition(states.talking!, { type: 'notReady' }).state;
    const wrapUp = transition(wish, { type: 'callEnded', callId: call, autoReadyAt: null }).state;
    expect(wrapUp).toMatchObject({ kind: 'wrapUp', next: 'notReady' });
  });

  it('does not release an agent for a call of somebody else', () => {
    expect(transition(states.reserved!, { type: 'released', callId: 'other' }).verdict).toBe(
      'ignored',
    );
  });

  it('leaves wrap-up to offline when the line is gone', () => {
    const alone = transition(states.wrapUp!, { type: 'lineDown' }).state;
    expect(transition(alone, { type: 'disposed', callId: call, next: 'ready' }).state.kind).toBe(
      'offline',
    );
  });
});
