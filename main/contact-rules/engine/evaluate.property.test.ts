import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rule } from '#shared/rule-packs/index.ts';
import { createCalendars } from '../calendars/calendars.ts';
import { instant } from '../testing/arbitraries.ts';
import { blocks, events, facts, holds, request } from '../testing/arbitrary-facts.ts';
import { packOf, rules } from '../testing/arbitrary-rules.ts';
import { naiveAllowed } from '../testing/naive-oracle.ts';
import {
  type ContactEvent,
  compilePack,
  type EngineRequest,
  type Evaluation,
  evaluate,
  type Facts,
  prepareEvents,
  prepareFacts,
  prepareQuestion,
} from './index.ts';

/** `CONTACT_RULES_RUNS=10` runs ten times as many cases. */
const factor = Number(process.env.CONTACT_RULES_RUNS ?? 1);
const runs = (count: number) => ({ numRuns: count * factor });

const holidays = ['2026-03-29', '2026-10-26', '2026-11-23'];
const calendars = createCalendars([{ id: 'XX', holidays, workingDays: [], years: null }], {
  complete: true,
});
const horizonDays = 4;
const minuteMs = 60_000;

interface Case {
  at: number;
  facts: Facts;
  events: ContactEvent[];
  rules: Rule[];
  request: Omit<EngineRequest, 'at'>;
}
const aCase: fc.Arbitrary<Case> = instant.chain((at) =>
  fc.record({ at: fc.constant(at), facts: facts(at), events: events(at), rules, request }),
);

/** The engine on one case, to be asked at several instants. */
function engineOn(one: Case, more: Rule[] = []): (at: number) => Evaluation {
  const prepared = prepareFacts(one.facts, calendars);
  const log = prepareEvents(one.events, prepared);
  const packs = [packOf('first', one.rules), ...(more.length > 0 ? [packOf('second', more)] : [])];
  const compiled = packs.flatMap((pack) => compilePack(pack));
  return (at) =>
    evaluate(prepareQuestion({ ...one.request, at }, prepared, log, horizonDays), compiled);
}
const ask = (one: Case, more: Rule[] = []) => engineOn(one, more)(one.at);

const naive = (one: Case, at: number) => naiveAllowed({ ...one, holidays: new Set(holidays) }, at);
/** later is less allowed; null is latest */
const order = (at: number | null) => at ?? Number.POSITIVE_INFINITY;

/** A change of a case that may only take away. */
function expectNeverMore(before: Evaluation, after: Evaluation): void {
  if (after.allowed) expect(before.allowed).toBe(true);
  expect(order(after.nextAllowedAt)).toBeGreaterThanOrEqual(order(before.nextAllowedAt));
}

describe('evaluation', () => {
  test('agrees with a naive reading when stepped minute by minute, and by the second at the boundary', () => {
    fc.assert(
      fc.property(aCase, (one) => {
        const { allowed, nextAllowedAt } = ask(one);
        expect(allowed).toBe(naive(one, one.at));
        const end = one.at + horizonDays * 86_400_000;
        let stepped: number | null = null;
        for (let at = one.at; at <= end; at += minuteMs) {
          if (!naive(one, at)) continue;
          stepped = at;
          break;
        }
        if (stepped === null) {
          // an opening shorter than a minute between two steps is the only thing stepping can miss
          if (nextAllowedAt !== null) expect(naive(one, nextAllowedAt)).toBe(true);
          return;
        }
        expect(nextAllowedAt).not.toBeNull();
        const next = nextAllowedAt!;
        expect(next).toBeLessThanOrEqual(stepped);
        expect(naive(one, next)).toBe(true);
        if (next > one.at) expect(naive(one, Math.max(one.at, next - 1000))).toBe(false);
        for (let at = Math.max(one.at, stepped - minuteMs); at < next; at += 1000) {
          expect(naive(one, at)).toBe(false);
        }
      }),
      runs(400),
    );
  });

  test('agrees at any instant of the days to come', () => {
    const seconds = fc.array(fc.integer({ min: 0, max: horizonDays * 86_400 }), { minLength: 8 });
    fc.assert(
      fc.property(aCase, seconds, (one, ahead) => {
        const asked = engineOn(one);
        for (const at of [0, ...ahead].map((count) => one.at + count * 1000)) {
          expect([at, asked(at).allowed]).toEqual([at, naive(one, at)]);
        }
      }),
      runs(1_500),
    );
  });

  test('agrees to the second around every boundary of a day, where a rule opens and where it closes', () => {
    fc.assert(
      fc.property(aCase, (one) => {
        const asked = engineOn(one);
        const end = one.at + 86_400_000;
        let before = naive(one, one.at);
        for (let at = one.at; at < end; at += minuteMs) {
          const after = naive(one, at + minuteMs);
          if (before !== after) {
            for (let second = at; second <= at + minuteMs; second += 1000) {
              expect([second, asked(second).allowed]).toEqual([second, naive(one, second)]);
            }
          }
          before = after;
        }
      }),
      runs(200),
    );
  });

  test('adding a pack never allows more, and never earlier', () => {
    fc.assert(
      fc.property(aCase, rules, (one, more) => expectNeverMore(ask(one), ask(one, more))),
      runs(400),
    );
  });

  test('adding an outgoing event never allows earlier', () => {
    const withOneMore = aCase.chain((one) =>
      fc.record({ one: fc.constant(one), added: events(one.at, 1) }),
    );
    fc.assert(
      fc.property(withOneMore, ({ one, added }) => {
        const outgoing = added.map((event) => ({ ...event, direction: 'out' as const }));
        expectNeverMore(ask(one), ask({ ...one, events: [...one.events, ...outgoing] }));
      }),
      runs(400),
    );
  });

  test('not knowing what was before never allows earlier', () => {
    fc.assert(
      fc.property(aCase, (one) => {
        const { historyFrom: _unknown, ...known } = one.facts;
        expectNeverMore(ask({ ...one, facts: known }), ask(one));
      }),
      runs(400),
    );
  });

  test('a hold, a block or a withdrawn consent never allows earlier', () => {
    const withMore = aCase.chain((one) =>
      fc.record({
        one: fc.constant(one),
        more: fc.record({ holds: holds(one.at, 1), personalBlocks: blocks(1) }),
        withdrawnAt: instant,
      }),
    );
    fc.assert(
      fc.property(withMore, ({ one, more, withdrawnAt }) => {
        const { holds: before, personalBlocks, consents } = one.facts;
        const less: Facts = {
          ...one.facts,
          holds: [...before, ...more.holds],
          personalBlocks: [...personalBlocks, ...more.personalBlocks],
          consents: consents.map((consent) => ({
            ...consent,
            until: Math.min(consent.until ?? withdrawnAt, withdrawnAt),
          })),
        };
        expectNeverMore(ask(one), ask({ ...one, facts: less }));
      }),
      runs(400),
    );
  });

  test('asked at the next allowed instant, it says yes', () => {
    fc.assert(
      fc.property(aCase, (one) => {
        const asked = engineOn(one);
        const { nextAllowedAt } = asked(one.at);
        if (nextAllowedAt !== null) expect(asked(nextAllowedAt).allowed).toBe(true);
      }),
      runs(400),
    );
  });
});
