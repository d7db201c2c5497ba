import { describe, expect, it } from 'vitest';
import { type LinkEvent, type LinkState, transition } from './link-state.ts';

const states: LinkState[] = [
  { kind: 'closed' },
  { kind: 'opening', tries: 1 },
  { kind: 'preparing', tries: 1 },
  { kind: 'ready' },
  { kind: 'waiting', tries: 1 },
  { kind: 'stopped' },
];
const events: LinkEvent['kind'][] = [
  'open',
  'opened',
  'prepared',
  'failed',
  'refused',
  'retry',
  'close',
];
/** what each event leads to, by state; the rest stays */
const expected: Record<string, Partial<Record<LinkEvent['kind'], string>>> = {
  closed: { open: 'opening' },
  opening: { opened: 'preparing', failed: 'waiting', close: 'closed' },
  preparing: { prepared: 'ready', failed: 'waiting', refused: 'stopped', close: 'closed' },
  ready: { failed: 'waiting', refused: 'stopped', close: 'closed' },
  waiting: { retry: 'opening', close: 'closed' },
  stopped: { close: 'closed' },
};

describe('the line to a modem', () => {
  it.each(states.flatMap((state) => events.map((event) => ({ state, event }))))(
    '$state.kind after $event',
    ({ state, event }) => {
      const after = transition(state, { kind: event }).state;
      expect(after.kind).toBe(expected[state.kind]?.[event] ?? state.kind);
    },
  );

  it('waits longer after each failure, and a minute at most', () => {
    let state: LinkState = { kind: 'opening', tries: 0 };
    const waits: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const failed = transition(state, { kind: 'failed' });
      for (const effect of failed.effects) if (effect.kind === 'retryAfter') waits.push(effect.ms);
      state = transition(failed.state, { kind: 'retry' }).state;
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('leaves what it opened, once', () => {
    const closed = transition({ kind: 'ready' }, { kind: 'close' });
    expect(closed.effects).toEqual([{ kind: 'leaveLine' }]);
    expect(transition(closed.state, { kind: 'close' }).effects).toEqual([]);
  });
});
