import { describe, expect, it } from 'vitest';
import { type LinkEvent, type LinkState, transitionLink } from './link-state.ts';

const problem = { code: 'gateway.unreachable', detail: 'ECONNREFUSED' };
const states: Record<LinkState['kind'], LinkState> = {
  off: { kind: 'off' },
  connecting: { kind: 'connecting', tries: 2 },
  binding: { kind: 'binding', tries: 2 },
  bound: { kind: 'bound' },
  waiting: { kind: 'waiting', tries: 3, problem },
  unbinding: { kind: 'unbinding' },
};
const events: Record<LinkEvent['kind'], LinkEvent> = {
  open: { kind: 'open' },
  connected: { kind: 'connected' },
  bound: { kind: 'bound' },
  failed: { kind: 'failed', problem },
  retryDue: { kind: 'retryDue' },
  close: { kind: 'close' },
  ended: { kind: 'ended' },
};
/** state × event → state and effects; what is not listed is ignored */
const table: Partial<Record<`${LinkState['kind']} ${LinkEvent['kind']}`, [string, ...string[]]>> = {
  'off open': ['connecting', 'connect'],
  'connecting connected': ['binding', 'bind'],
  'connecting failed': ['waiting', 'letGo', 'retryAfter'],
  'connecting close': ['off', 'letGo'],
  'binding bound': ['bound', 'watch'],
  'binding failed': ['waiting', 'letGo', 'retryAfter'],
  'binding close': ['off', 'letGo'],
  'bound failed': ['waiting', 'letGo', 'retryAfter'],
  'bound close': ['unbinding', 'unbind'],
  'waiting retryDue': ['connecting', 'connect'],
  'waiting close': ['off', 'letGo'],
  'unbinding ended': ['off', 'letGo'],
  'unbinding failed': ['off', 'letGo'],
};

describe('the link to an SMSC', () => {
  for (const state of Object.values(states)) {
    for (const event of Object.values(events)) {
      it(`${state.kind} × ${event.kind}`, () => {
        const [next, ...effects] = table[`${state.kind} ${event.kind}`] ?? [state.kind];
        const answer = transitionLink(state, event, 0.5);
        expect(answer.state.kind).toBe(next);
        expect(answer.effects.map(({ kind }) => kind)).toEqual(effects);
      });
    }
  }

  it('waits twice as long after every failure, up to a minute, and never less than half of that', () => {
    const delays = [0, 1, 2, 3, 10, 60].map((tries) =>
      retryDelay({ kind: 'connecting', tries }, 0),
    );
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 30_000, 30_000]);
    expect(retryDelay({ kind: 'connecting', tries: 0 }, 0.999)).toBe(1_000);
  });

  it('begins with the shortest wait again once it was bound', () => {
    expect(retryDelay({ kind: 'bound' }, 0)).toBe(500);
  });

  it('does not knock with a wrong password every second', () => {
    const refused = { code: 'gateway.login-refused', detail: 'ESME_RINVPASWD' };
    expect(retryDelay({ kind: 'binding', tries: 0 }, 0, refused)).toBe(15_000);
  });
});

function retryDelay(state: LinkState, draw: number, failure = problem): number | undefined {
  const { effects } = transitionLink(state, { kind: 'failed', problem: failure }, draw);
  const retry = effects.find((effect) => effect.kind === 'retryAfter');
  return retry?.delayMs;
}
