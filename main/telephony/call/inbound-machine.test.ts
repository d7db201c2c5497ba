import { describe, expect, it } from 'vitest';
import { begin, type InboundEvent, type InboundState, transition } from './inbound-machine.ts';

const states: InboundState[] = [
  { kind: 'offering', personId: 'anna' },
  { kind: 'message' },
  { kind: 'talking', personId: 'anna' },
  { kind: 'ended' },
];
const events: InboundEvent[] = [
  { type: 'taken' },
  { type: 'notTaken', next: 'piotr' },
  { type: 'notTaken', next: null },
  { type: 'joinFailed' },
  { type: 'messageEnded' },
  { type: 'callerLeft' },
  { type: 'hangUp' },
];
const table: Record<InboundState['kind'], string> = {
  offering: 'talking offering message - - ended ended',
  message: '- - - - ended ended ended',
  talking: '- - - message - ended ended',
  ended: '- - - - - - -',
};

describe('inbound machine', () => {
  for (const state of states)
    table[state.kind].split(' ').forEach((expected, index) => {
      it(`${state.kind} on ${JSON.stringify(events[index])}: ${expected}`, () => {
        expect(transition(state, events[index]!)?.state.kind ?? '-').toBe(expected);
      });
    });

  it('offers the call to a free agent first', () => {
    expect(begin('anna').effects).toEqual([{ type: 'offer', personId: 'anna' }]);
  });

  it('never lets a caller ring out: without an agent there is a message and an entry in the work list', () => {
    expect(begin(null).effects).toEqual([
      { type: 'miss', reason: 'noAgent' },
      { type: 'playMessage' },
    ]);
  });

  it('passes a call that was not taken to the next agent', () => {
    expect(transition(states[0]!, { type: 'notTaken', next: 'piotr' })?.effects).toEqual([
      { type: 'withdraw', personId: 'anna' },
      { type: 'offer', personId: 'piotr' },
    ]);
  });
});
