import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rule } from '#shared/rule-packs/index.ts';
import { createCalendars } from '../calendars/calendars.ts';
import { events, facts, instant, packOf, rules } from '../testing/arbitraries.ts';
import { naiveAllowed } from '../testing/naive-oracle.ts';
import {
  type ContactEvent,
  compilePack,
  type Evaluation,
  evaluate,
  type Facts,
  prepareEvents,
  prepareFacts,
  prepareQuestion,
} from './index.ts';

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
}
const aCase: fc.Arbitrary<Case> = instant.chain((at) =>
  fc.record({ at: fc.constant(at), facts: facts(at), events: events(at), rules }),
);

function ask(one: Case, at = one.at, more: Rule[] = []): Evaluation {
  const prepared = prepareFacts(one.facts, calendars);
  const question = prepareQuestion(
    {
      at,
      channel: 'call',
      mode: 'preview',
      purposes: ['collection'],
      person: 'p1',
      debt: 'A',
      number: 'n1',
      target: 'debtor',
    },
    prepared,
    prepareEvents(one.events, prepared),
    horizonDays,
  );
  const packs = [packOf('first', one.rules), ...(more.length > 0 ? [packOf('second', more)] : [])];
  return evaluate(
    question,
    packs.flatMap((pack) => compilePack(pack)),
  );
}

const naive = (one: Case, at: number) =>
  naiveAllowed({ ...one, number: 'n1', debt: 'A', holidays: new Set(holidays) }, at);
/** later is less allowed; null is latest */
const order = (at: number | null) => at ?? Number.POSITIVE_INFINITY;

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
      { numRuns: 400 },
    );
  });

  test('adding a pack never allows more, and never earlier', () => {
    fc.assert(
      fc.property(aCase, rules, (one, more) => {
        const alone = ask(one);
        const both = ask(one, one.at, more);
        if (both.allowed) expect(alone.allowed).toBe(true);
        expect(order(both.nextAllowedAt)).toBeGreaterThanOrEqual(order(alone.nextAllowedAt));
      }),
      { numRuns: 300 },
    );
  });

  test('adding an outgoing event never allows earlier', () => {
    const withOneMore = aCase.chain((one) =>
      fc.record({ one: fc.constant(one), added: events(one.at, 1) }),
    );
    fc.assert(
      fc.property(withOneMore, ({ one, added }) => {
        const outgoing = added.map((event) => ({ ...event, direction: 'out' as const }));
        const before = ask(one);
        const after = ask({ ...one, events: [...one.events, ...outgoing] });
        if (after.allowed) expect(before.allowed).toBe(true);
        expect(order(after.nextAllowedAt)).toBeGreaterThanOrEqual(order(before.nextAllowedAt));
      }),
      { numRuns: 300 },
    );
  });

  test('asked at the next allowed instant, it says yes', () => {
    fc.assert(
      fc.property(aCase, (one) => {
        const { nextAllowedAt } = ask(one);
        if (nextAllowedAt !== null) expect(ask(one, nextAllowedAt).allowed).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
