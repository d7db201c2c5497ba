import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacer } from './create-pacer.ts';
import { type CallLine, callState, type PacerConfigInput, type PacerLine } from './protocol.ts';

/** Lines in any order, with ids that are reused and unknown: times never decrease, else nothing is promised. */
const lines = fc
  .array(
    fc.oneof(
      fc.record({
        type: fc.constant('agent' as const),
        id: fc.constantFrom('a1', 'a2', 'a3', 'a4'),
        state: fc.constantFrom('ready', 'talking', 'wrapUp', 'away'),
        wait: fc.nat(20_000),
        readyInMs: fc.option(fc.nat(60_000), { nil: undefined }),
      }),
      fc.record({
        type: fc.constant('call' as const),
        id: fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6'),
        state: fc.constantFrom(...callState.options),
        wait: fc.nat(20_000),
        agent: fc.constantFrom('a1', 'a9', undefined),
      }),
      fc.record({ type: fc.constant('decide' as const), wait: fc.nat(2_000) }),
    ),
    { minLength: 20, maxLength: 200 },
  )
  .map((entries) => {
    let at = 0;
    return entries.map(({ wait, ...line }) => {
      at += wait;
      return JSON.parse(JSON.stringify({ at, ...line })) as PacerLine;
    });
  });

const config: fc.Arbitrary<PacerConfigInput> = fc.record({
  mode: fc.constantFrom('predictive', 'progressive', 'power'),
  linesPerAgent: fc.constantFrom(1, 1.5, 3),
  maxConcurrentCalls: fc.nat(8),
  minRingMs: fc.constantFrom(15_000, 5_000, 0),
  abandonmentLimitPercent: fc.constantFrom(0, 3, 100),
});

const WARM = learnedBy(3);

/** Has seen enough to dial by prediction at once. */
function learnedBy(agents: number): unknown {
  const pacer = createPacer({ mode: 'predictive', abandonmentLimitPercent: 100 });
  for (let i = 0; i < 80; i++) {
    const at = i * 1_000;
    for (let agent = 0; agent < agents; agent++)
      pacer.feed({ at, type: 'agent', id: `a${agent}`, state: 'ready' });
    pacer.feed({ at, type: 'call', id: `c${i}`, state: 'dialing' });
    const state = i % 4 === 0 ? 'failed' : 'humanAnswered';
    pacer.feed({ at: at + 500, type: 'call', id: `c${i}`, state });
    if (i % 4 > 0) pacer.feed({ at: at + 500, type: 'call', id: `c${i}`, state: 'connected' });
    pacer.feed({ at: at + 900, type: 'call', id: `c${i}`, state: 'ended' });
    pacer.feed({ at: at + 901, type: 'decide' });
  }
  return pacer.learned();
}

/** What the lines alone say of a call, told apart from the pacer's own bookkeeping. */
function followCalls() {
  const open = new Map<string, { since: number; rings: number | null; answerable: boolean }>();
  return {
    open,
    take({ id, at, state }: CallLine) {
      if (state === 'ended') open.delete(id);
      else if (state === 'dialing') open.set(id, { since: at, rings: null, answerable: true });
      else {
        const call = open.get(id) ?? { since: at, rings: null, answerable: true };
        if (state === 'ringing') call.rings ??= at;
        else call.answerable = false;
        open.set(id, call);
      }
    },
  };
}

describe('a pacer, whatever the lines', () => {
  it('never has more calls than it may, dials that have not shown included', () => {
    fc.assert(
      fc.property(lines, config, fc.boolean(), (given, settings, warm) => {
        const pacer = createPacer({ ...settings, ...(warm ? { learned: WARM } : {}) });
        const calls = followCalls();
        let asked: number[] = [];
        for (const line of given) {
          if (line.type === 'call') {
            if (line.state === 'dialing')
              asked = asked.filter((at) => line.at - at <= 1_000).slice(1);
            calls.take(line);
          }
          const answer = pacer.feed(line);
          if (answer === null) continue;
          asked = asked.filter((at) => line.at - at <= 1_000);
          expect(answer.dial).toBeGreaterThanOrEqual(0);
          expect(Number.isInteger(answer.dial)).toBe(true);
          if (answer.dial > 0)
            expect(calls.open.size + asked.length + answer.dial).toBeLessThanOrEqual(
              settings.maxConcurrentCalls ?? 60,
            );
          for (let i = 0; i < answer.dial; i++) asked.push(line.at);
        }
      }),
    );
  });

  it('takes back only calls that have rung their time and were not answered', () => {
    let seen = 0;
    fc.assert(
      fc.property(lines, config, (given, settings) => {
        const pacer = createPacer({ ...settings, mode: 'predictive', learned: WARM });
        const calls = followCalls();
        for (const line of given) {
          if (line.type === 'call') calls.take(line);
          for (const id of pacer.feed(line)?.cancel ?? []) {
            seen++;
            const call = calls.open.get(id);
            expect(call?.answerable).toBe(true);
            const rungMs = line.at - (call?.rings ?? call?.since ?? Number.POSITIVE_INFINITY);
            expect(rungMs).toBeGreaterThanOrEqual(settings.minRingMs ?? 0);
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(10);
  });

  it('takes nothing back where the configuration does not say how long a call must ring', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const pacer = createPacer({ mode: 'predictive', learned: WARM });
        for (const line of given) expect(pacer.feed(line)?.cancel ?? []).toEqual([]);
      }),
    );
  });

  it('gives the same answers to the same lines', () => {
    fc.assert(
      fc.property(lines, config, (given, settings) => {
        const answers = () => {
          const pacer = createPacer({ ...settings, learned: WARM });
          return given.map((line) => pacer.feed(line));
        };
        expect(answers()).toEqual(answers());
      }),
    );
  });

  it('in progressive mode never has more on the way than agents who are free', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const pacer = createPacer({ mode: 'progressive' });
        for (const line of given) {
          const answer = pacer.feed(line);
          if (answer === null || answer.dial === 0) continue;
          const { free, waiting, ringing } = answer.why;
          expect(ringing + answer.dial).toBeLessThanOrEqual(free - waiting);
        }
      }),
    );
  });

  it('goes on with what it has learnt as if it had never stopped learning', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const pacer = createPacer({ mode: 'predictive', learned: WARM });
        for (const line of given) pacer.feed(line);
        const learned = JSON.parse(JSON.stringify(pacer.learned()));
        expect(createPacer({ mode: 'predictive', learned }).learned()).toEqual(learned);
      }),
      { numRuns: 30 },
    );
  });
});
