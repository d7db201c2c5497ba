import { describe, expect, it } from 'vitest';
import { nobodyKnown, type PartyEvent, type PartyState, transition } from './party-machine.ts';

const states: Record<string, PartyState> = {
  unknown: nobodyKnown,
  revealed: { kind: 'unknown', revealed: true },
  identified: { kind: 'identified', checks: ['birthDate'] },
  thirdPerson: { kind: 'thirdPerson', relation: null },
};
const events: Record<string, PartyEvent> = {
  identified: { type: 'identified', checks: ['birthDate'] },
  thirdPerson: { type: 'thirdPerson', relation: null },
  reset: { type: 'reset' },
  revealed: { type: 'revealed' },
};
const SAME = 'same';
const REFUSED = 'refused';

/** every state × event: the state that follows, `same` (nothing changes) or `refused` */
const table: Record<string, Record<string, string>> = {
  unknown: {
    identified: 'identified',
    thirdPerson: 'thirdPerson',
    reset: SAME,
    revealed: 'revealed',
  },
  revealed: {
    identified: 'identified',
    thirdPerson: 'thirdPerson',
    reset: 'unknown',
    revealed: SAME,
  },
  identified: {
    identified: SAME,
    thirdPerson: 'thirdPerson',
    reset: 'unknown',
    revealed: SAME,
  },
  thirdPerson: {
    identified: REFUSED,
    thirdPerson: SAME,
    reset: 'unknown',
    revealed: REFUSED,
  },
};

const cases = Object.entries(table).flatMap(([state, row]) =>
  Object.entries(row).map(([event, expected]) => ({ state, event, expected })),
);

describe('who is on the line', () => {
  it.each(cases)('$state + $event → $expected', ({ state, event, expected }) => {
    const before = states[state]!;
    const after = transition(before, events[event]!);
    if (expected === REFUSED) expect(after).toBeNull();
    else if (expected === SAME) expect(after).toBe(before);
    else expect(after).toEqual(states[expected]);
  });

  it('covers every pair', () => {
    expect(cases).toHaveLength(Object.keys(states).length * Object.keys(events).length);
  });

  it('adds later answers to those before, each once', () => {
    const before: PartyState = { kind: 'identified', checks: ['birthDate'] };
    const event: PartyEvent = { type: 'identified', checks: ['reference', 'birthDate'] };
    expect(transition(before, event)).toEqual({
      kind: 'identified',
      checks: ['birthDate', 'reference'],
    });
  });

  it('learns later who the third person is, and does not forget it', () => {
    const told = transition(states.thirdPerson!, { type: 'thirdPerson', relation: 'wife' });
    expect(told).toEqual({ kind: 'thirdPerson', relation: 'wife' });
    expect(transition(told!, { type: 'thirdPerson', relation: null })).toBe(told);
  });
});
