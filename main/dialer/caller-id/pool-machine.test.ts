import { describe, expect, it } from 'vitest';
import { type PoolEvent, type PoolState, transition } from './pool-machine.ts';

const HOUR_MS = 3_600_000;
const AT = 1_000_000;

const states = {
  active: { kind: 'active', reason: null, rests: 0 },
  tired: { kind: 'active', reason: null, rests: 3 },
  resting: { kind: 'resting', reason: 'answerRateDrop', until: AT - 1, rests: 1 },
  restingOn: { kind: 'resting', reason: 'complaint', until: AT + 1, rests: 1 },
  listed: { kind: 'resting', reason: 'listed', until: AT + 1, rests: 0 },
  byHand: { kind: 'resting', reason: 'byHand', until: null, rests: 0 },
  retired: { kind: 'retired', reason: 'byHand', rests: 2 },
} satisfies Record<string, PoolState>;

const events: Record<string, PoolEvent> = {
  dropped: { type: 'dropped' },
  refusedByCarriers: { type: 'refusedByCarriers' },
  listed: { type: 'listed' },
  delisted: { type: 'delisted' },
  complained: { type: 'complained' },
  restOver: { type: 'restOver' },
  rest: { type: 'rest', until: null },
  retire: { type: 'retire' },
  activate: { type: 'activate' },
};

// state × event → kind and reason after it; '-': means nothing
const table = `
              active            tired                     resting                 restingOn           listed           byHand           retired
dropped       rest/drop         retired/answerRateDrop    -                       -                   -                -                -
refusedByCarriers rest/refusals retired/carrierRefusals   -                       -                   -                -                -
listed        rest/listed       rest/listed               rest/listed             rest/listed         -                rest/listed      -
delisted      -                 -                         -                       -                   active           -                -
complained    rest/complaint    retired/complaint         -                       -                   -                -                -
restOver      -                 -                         active                  -                   -                -                -
rest          rest/byHand       rest/byHand               rest/byHand             rest/byHand         rest/byHand      rest/byHand      -
retire        retired/byHand    retired/byHand            retired/byHand          retired/byHand      retired/byHand   retired/byHand   -
activate      -                 active                    active                  active              active           active           active
`;

const SHORT: Record<string, string> = { answerRateDrop: 'drop', carrierRefusals: 'refusals' };

function shown(state: PoolState | null): string {
  if (state === null) return '-';
  if (state.kind === 'active') return 'active';
  if (state.kind === 'retired') return `retired/${state.reason}`;
  return `rest/${SHORT[state.reason] ?? state.reason}`;
}

const [head = '', ...rows] = table.trim().split('\n');
const names = head.trim().split(/\s+/) as (keyof typeof states)[];
const cases = rows.flatMap((row) => {
  const [event = '', ...wanted] = row.trim().split(/\s+/);
  return names.map((state, index) => ({ state, event, wanted: wanted[index] ?? '' }));
});

describe('a number of the pool', () => {
  it.each(cases)('$state, $event: $wanted', ({ state, event, wanted }) => {
    expect(shown(transition(states[state], events[event] as PoolEvent, AT))).toBe(wanted);
  });

  it('rests longer each time, and is retired when three rests did not help', () => {
    let state: PoolState = states.active;
    const rests: number[] = [];
    let at = AT;
    for (;;) {
      const after = transition(state, { type: 'dropped' }, at) as PoolState;
      if (after.kind !== 'resting' || after.until === null) {
        state = after;
        break;
      }
      rests.push((after.until - at) / HOUR_MS);
      at = after.until;
      state = transition(after, { type: 'restOver' }, at) as PoolState;
    }
    expect(rests).toEqual([48, 96, 192]);
    expect(state).toMatchObject({ kind: 'retired', reason: 'answerRateDrop' });
  });

  it('begins anew when a person activates it', () => {
    expect(transition(states.tired, { type: 'activate' }, AT)).toEqual(states.active);
  });
});
