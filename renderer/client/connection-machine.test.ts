import { describe, expect, it } from 'vitest';
import { type ConnectionEvent, type ConnectionState, transition } from './connection-machine.ts';

const states: Record<string, ConnectionState> = {
  idle: { kind: 'idle' },
  connecting: { kind: 'connecting', lostSince: null },
  reconnecting: { kind: 'connecting', lostSince: 50 },
  proving: { kind: 'proving', lostSince: null },
  provingAgain: { kind: 'proving', lostSince: 50 },
  ready: { kind: 'ready', epoch: 'e1' },
  lost: { kind: 'lost', lostSince: 50 },
  refused: { kind: 'refused', code: 'access.bad-credential' },
  stopped: { kind: 'stopped' },
};

const events: Record<ConnectionEvent['kind'], ConnectionEvent> = {
  start: { kind: 'start' },
  challenged: { kind: 'challenged' },
  welcomed: { kind: 'welcomed', epoch: 'e2' },
  refused: { kind: 'refused', code: 'contract.version' },
  socketClosed: { kind: 'socketClosed', at: 100 },
  engineSilent: { kind: 'engineSilent', at: 100 },
  engineAnswered: { kind: 'engineAnswered' },
  stop: { kind: 'stop' },
};

/** What happens; every pair that is not named is ignored. */
const expected: Record<string, [ConnectionState, string[]]> = {
  'idle start': [{ kind: 'connecting', lostSince: null }, ['openSocket']],
  'connecting challenged': [{ kind: 'proving', lostSince: null }, []],
  'connecting refused': [
    { kind: 'refused', code: 'contract.version' },
    ['closeSocket', 'failPending'],
  ],
  'connecting socketClosed': [{ kind: 'lost', lostSince: 100 }, ['startProbing']],
  'connecting engineSilent': [{ kind: 'lost', lostSince: 100 }, ['closeSocket', 'startProbing']],
  'reconnecting challenged': [{ kind: 'proving', lostSince: 50 }, []],
  'reconnecting refused': [
    { kind: 'refused', code: 'contract.version' },
    ['closeSocket', 'failPending'],
  ],
  'reconnecting socketClosed': [{ kind: 'lost', lostSince: 50 }, ['startProbing']],
  'reconnecting engineSilent': [{ kind: 'lost', lostSince: 50 }, ['closeSocket', 'startProbing']],
  'proving welcomed': [{ kind: 'ready', epoch: 'e2' }, ['startPinging', 'flush']],
  'proving refused': [
    { kind: 'refused', code: 'contract.version' },
    ['closeSocket', 'failPending'],
  ],
  'proving socketClosed': [{ kind: 'lost', lostSince: 100 }, ['startProbing']],
  'proving engineSilent': [{ kind: 'lost', lostSince: 100 }, ['closeSocket', 'startProbing']],
  'provingAgain welcomed': [{ kind: 'ready', epoch: 'e2' }, ['startPinging', 'flush']],
  'provingAgain refused': [
    { kind: 'refused', code: 'contract.version' },
    ['closeSocket', 'failPending'],
  ],
  'provingAgain socketClosed': [{ kind: 'lost', lostSince: 50 }, ['startProbing']],
  'provingAgain engineSilent': [{ kind: 'lost', lostSince: 50 }, ['closeSocket', 'startProbing']],
  'ready socketClosed': [{ kind: 'lost', lostSince: 100 }, ['stopPinging', 'startProbing']],
  'ready engineSilent': [
    { kind: 'lost', lostSince: 100 },
    ['stopPinging', 'closeSocket', 'startProbing'],
  ],
  'lost engineAnswered': [{ kind: 'connecting', lostSince: 50 }, ['stopProbing', 'openSocket']],
  'refused start': [{ kind: 'connecting', lostSince: null }, ['openSocket']],
};

const stopEffects = ['stopPinging', 'stopProbing', 'closeSocket', 'failPending'];

describe('connection machine', () => {
  for (const [stateName, state] of Object.entries(states)) {
    for (const [eventName, event] of Object.entries(events)) {
      const named = expected[`${stateName} ${eventName}`];
      const stops = eventName === 'stop' && stateName !== 'stopped';
      const what = stops ? 'stops' : named ? `becomes ${named[0].kind}` : 'is ignored';

      it(`${stateName}: ${eventName} ${what}`, () => {
        const step = transition(state, event);
        const [nextState, effects] = stops
          ? [{ kind: 'stopped' }, stopEffects]
          : (named ?? [state, []]);
        expect(step.state).toEqual(nextState);
        expect(step.effects.map((effect) => effect.kind)).toEqual(effects);
      });
    }
  }

  it('fails what waits with the reason of the refusal', () => {
    const { effects } = transition({ kind: 'proving', lostSince: null }, events.refused);
    expect(effects).toContainEqual({ kind: 'failPending', code: 'contract.version' });
  });
});
