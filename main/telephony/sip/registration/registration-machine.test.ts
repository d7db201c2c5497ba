import { describe, expect, it } from 'vitest';
import {
  backoffMs,
  type RegistrationEvent,
  type RegistrationMachine,
  refreshDelayMs,
  transition,
} from './registration-machine.ts';

const STATES: RegistrationMachine[] = [
  { kind: 'off' },
  { kind: 'asking', failures: 0, expiresSec: 300 },
  { kind: 'on', expiresAt: 300_000, expiresSec: 300 },
  { kind: 'waiting', failures: 2, expiresSec: 300 },
  { kind: 'leaving' },
];

const REFUSED = {
  type: 'refused',
  at: 0,
  status: 503,
  reasonPhrase: '',
  minExpiresSec: null,
} as const;
const EVENTS: RegistrationEvent[] = [
  { type: 'start', expiresSec: 300 },
  { type: 'accepted', at: 0, grantedSec: 100 },
  REFUSED,
  { type: 'timer' },
  { type: 'stop' },
  { type: 'left' },
];

/** Rows as in STATES, columns as in EVENTS; `=` is ignored: the state stays and nothing is done. */
const EXPECTED = [
  ['asking', '=', '=', '=', '=', '='],
  ['=', 'on', 'waiting', '=', 'leaving', '='],
  ['=', '=', '=', 'asking', 'leaving', '='],
  ['=', '=', '=', 'asking', 'off', '='],
  ['asking', '=', '=', '=', '=', 'off'],
];

describe('every state meets every event', () => {
  for (const [row, state] of STATES.entries()) {
    for (const [column, event] of EVENTS.entries()) {
      const expected = EXPECTED[row]?.[column];
      it(`${state.kind} + ${event.type} = ${expected}`, () => {
        const step = transition(state, event, 0);
        if (expected === '=') expect(step).toEqual({ state, effects: [] });
        else expect(step.state.kind).toBe(expected);
      });
    }
  }
});

it('waits 1, 2, 4 … 60 s, stretched by at most a fifth', () => {
  const plain = [1, 2, 3, 4, 5, 6, 7, 8, 40].map((failures) => backoffMs(failures, 0));
  expect(plain).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  expect(backoffMs(1, 0.999)).toBeLessThanOrEqual(1200);
  expect(backoffMs(9, 0.999)).toBeGreaterThan(60_000);
});

it('refreshes before a tenth of the time is left', () => {
  expect(refreshDelayMs(300)).toBe(270_000);
  expect(refreshDelayMs(0)).toBe(500);
});

it('asks at once for longer when told that the interval is too brief, once', () => {
  const tooBrief: RegistrationEvent = {
    type: 'refused',
    at: 0,
    status: 423,
    reasonPhrase: 'Interval Too Brief',
    minExpiresSec: 1800,
  };
  const first = transition({ kind: 'asking', failures: 0, expiresSec: 300 }, tooBrief, 0);
  expect(first.state).toEqual({ kind: 'asking', failures: 0, expiresSec: 1800 });
  expect(first.effects).toEqual([{ type: 'send', expiresSec: 1800 }]);
  expect(transition(first.state, tooBrief, 0).state.kind).toBe('waiting');
});

it('is silent about a refresh and speaks about a new start', () => {
  const refresh = transition({ kind: 'on', expiresAt: 0, expiresSec: 300 }, { type: 'timer' }, 0);
  expect(refresh.effects).toEqual([{ type: 'send', expiresSec: 300 }]);
  const start = transition({ kind: 'off' }, { type: 'start', expiresSec: 300 }, 0);
  expect(start.effects).toEqual([{ type: 'registering' }, { type: 'send', expiresSec: 300 }]);
});
