import { describe, expect, it } from 'vitest';
import { type AttemptEvent, type AttemptState, transition } from './attempt-machine.ts';

const states: AttemptState[] = [
  { kind: 'reserved' },
  { kind: 'dialing' },
  { kind: 'ringing' },
  { kind: 'answered' },
  { kind: 'joined', personId: 'p' },
  { kind: 'abandoning' },
  { kind: 'ended', result: 'busy', endedBy: 'network' },
];
const events: Record<string, AttemptEvent> = {
  sent: { type: 'sent' },
  ringing: { type: 'ringing' },
  answeredWithAgent: { type: 'answered', personId: 'p' },
  answeredAlone: { type: 'answered', personId: null },
  agentFound: { type: 'agentFound', personId: 'p' },
  agentLimit: { type: 'agentLimit' },
  joinFailed: { type: 'joinFailed' },
  messageEnded: { type: 'messageEnded' },
  neverSent: { type: 'neverSent' },
  failed: { type: 'failed', result: 'busy' },
  farEndLeft: { type: 'farEndLeft', by: 'debtor' },
  ringTimeout: { type: 'hangUp', by: 'engine', reason: 'ringTimeout' },
  agentHangsUp: { type: 'hangUp', by: 'agent', reason: 'asked' },
};

// the state after each event, with the result where the attempt is over; '-' = means nothing here
const table: Record<string, string> = {
  reserved: 'dialing - - - - - - - cancelled busy - cancelled cancelled',
  dialing: '- ringing joined answered - - - - cancelled busy networkFailure noAnswer cancelled',
  ringing: '- - joined answered - - - - cancelled busy networkFailure noAnswer cancelled',
  answered: '- - - - joined abandoning - - - - abandoned abandoned abandoned',
  joined: '- - - - - - abandoning - - - answered answered answered',
  abandoning: '- - - - - - - abandoned - - abandoned abandoned abandoned',
  ended: '- - - - - - - - - - - - -',
};

describe('attempt machine', () => {
  for (const state of states)
    (table[state.kind] ?? '').split(' ').forEach((expected, index) => {
      const [name, event] = Object.entries(events)[index]!;
      it(`${state.kind} on ${name}: ${expected}`, () => {
        const next = transition(state, event)?.state;
        expect(!next ? '-' : next.kind === 'ended' ? next.result : next.kind).toBe(expected);
      });
    });

  it('joins the agent that was chosen at the answer', () => {
    const result = transition({ kind: 'ringing' }, { type: 'answered', personId: 'anna' });
    expect(result?.effects).toContainEqual({ type: 'join', personId: 'anna' });
  });

  it('never leaves a person in silence: no agent in time means the message', () => {
    const result = transition({ kind: 'answered' }, { type: 'agentLimit' });
    expect(result?.effects).toContainEqual({ type: 'playAbandonment' });
  });

  it('counts a person who leaves before the agent came as abandoned', () => {
    const result = transition({ kind: 'answered' }, { type: 'farEndLeft', by: 'debtor' });
    expect(result?.state).toMatchObject({ kind: 'ended', result: 'abandoned' });
  });
});
