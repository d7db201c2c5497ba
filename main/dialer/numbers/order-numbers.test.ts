import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultCampaignSettings, type NumberRules } from '#shared/contract/index.ts';
import { groupChance, numberChance, profileKeys } from './answer-chance.ts';
import { localHour, nextDayAt, slotOf } from './debtor-clock.ts';
import { kindAllowedAt, placeOfKind, ruleAt } from './hour-rules.ts';
import { type KnownNumber, type OrderQuestion, orderNumbers } from './order-numbers.ts';

const rules = defaultCampaignSettings.numbers;
const HOUR_MS = 3_600_000;
const ZONES = ['Europe/Warsaw', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'];

const aNumber = (overrides: Partial<KnownNumber> = {}): KnownNumber => ({
  contactPointId: overrides.kind ?? 'mobile',
  number: '+48500000001',
  kind: 'mobile',
  rank: 0,
  lastTriedAt: null,
  nextTryAt: 0,
  lineStatus: null,
  lineStatusAt: null,
  reachableSince: null,
  triesToday: 0,
  agreed: false,
  ...overrides,
});
const allKinds = [aNumber(), aNumber({ kind: 'home' }), aNumber({ kind: 'work' })];
const ask = (at: number, overrides: Partial<OrderQuestion> = {}): OrderQuestion => ({
  rules: { ...rules, learn: false },
  absentWaitMs: 6 * HOUR_MS,
  at,
  zone: 'Europe/Warsaw',
  chanceOf: () => 0.1,
  ...overrides,
});
const kindsAt = (iso: string, zone = 'Europe/Warsaw') =>
  orderNumbers(allKinds, ask(Date.parse(iso), { zone })).numbers.map(({ kind }) => kind);

/** The same by the platform's own calendar, at its own price. */
function shownBy(at: number, zone: string) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { hour: Number(of('hour')), weekend: ['Sat', 'Sun'].includes(of('weekday')) };
}

describe('the clock of a debtor', () => {
  it('shows what the calendar of the zone shows, at every instant', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2028, 0) }),
        fc.constantFrom(...ZONES),
        (at, zone) => {
          expect(localHour(at, zone)).toMatchObject(shownBy(at, zone));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('counts hours through both changes of the clock', () => {
    // 29 March 2026, 02:00 becomes 03:00 in Warsaw; 25 October 03:00 becomes 02:00
    const spring = Date.parse('2026-03-29T00:59:00Z');
    expect(localHour(spring, 'Europe/Warsaw').hour).toBe(1);
    expect(localHour(spring + 60_000, 'Europe/Warsaw').hour).toBe(3);
    const autumn = Date.parse('2026-10-25T00:59:00Z');
    expect(localHour(autumn, 'Europe/Warsaw').hour).toBe(2);
    expect(localHour(autumn + 60_000, 'Europe/Warsaw').hour).toBe(2);
    expect(nextDayAt(autumn, 'Europe/Warsaw')).toBe(Date.parse('2026-10-25T23:00:00Z'));
  });

  it('begins the next day at the first hour that shows another date', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) }),
        fc.constantFrom(...ZONES),
        (at, zone) => {
          const next = nextDayAt(at, zone);
          expect(next).toBeGreaterThan(at);
          expect(localHour(next, zone).day).toBe(localHour(at, zone).day + 1);
          expect(localHour(next - 1, zone).day).toBe(localHour(at, zone).day);
        },
      ),
    );
  });

  it('names its slots', () => {
    expect(slotOf({ hour: 9, weekend: false })).toBe('workday-09');
    expect(slotOf({ hour: 18, weekend: true })).toBe('weekend-18');
  });
});

describe('which number at which hour', () => {
  it('is work at work, home before and after, and never work then', () => {
    // a Monday
    expect(kindsAt('2026-11-23T10:00:00+01:00')).toEqual(['work', 'mobile', 'home']);
    expect(kindsAt('2026-11-23T07:00:00+01:00')).toEqual(['home', 'mobile']);
    expect(kindsAt('2026-11-23T18:00:00+01:00')).toEqual(['home', 'mobile']);
    expect(kindsAt('2026-11-22T10:00:00+01:00')).toEqual(['mobile', 'home']);
  });

  it('goes by the clock of the debtor, not by ours', () => {
    const at = '2026-11-23T16:30:00Z';
    expect(kindsAt(at, 'Europe/Warsaw')).toEqual(['home', 'mobile']);
    expect(kindsAt(at, 'America/New_York')).toEqual(['work', 'mobile', 'home']);
  });

  it('of the hour that the clock skips is that of the hour that it shows', () => {
    const table: NumberRules = {
      ...rules,
      hours: [{ days: 'every', from: 2, to: 3, order: ['home'], never: ['mobile', 'work'] }],
    };
    const at = (iso: string) => ruleAt(table, localHour(Date.parse(iso), 'Europe/Warsaw'));
    expect(at('2026-03-28T01:30:00Z')).toBeDefined();
    expect(at('2026-03-29T00:30:00Z')).toBeUndefined();
    expect(at('2026-03-29T01:30:00Z')).toBeUndefined();
  });

  it('a rule over midnight holds on both sides of it', () => {
    const table = {
      hours: [{ days: 'every', from: 22, to: 6, order: [], never: ['home'] }],
    } as const;
    const night = table as unknown as NumberRules;
    const place = (hour: number) =>
      placeOfKind(ruleAt(night, { hour, weekend: false, day: 0, nextHourAt: 0 }), 'home');
    expect([21, 22, 0, 5, 6].map(place)).toEqual([1, null, null, null, 1]);
  });

  it('waits for the first hour that admits a number, and calls it then', () => {
    const work = [aNumber({ kind: 'work' })];
    const at = Date.parse('2026-11-20T18:00:00+01:00');
    const { numbers, nextAt } = orderNumbers(work, ask(at));
    expect(numbers).toEqual([]);
    // Friday evening: Monday at eight
    expect(nextAt).toBe(Date.parse('2026-11-23T08:00:00+01:00'));
    expect(orderNumbers(work, ask(nextAt ?? 0)).numbers).toHaveLength(1);
  });

  it('never calls a kind at an hour that forbids it, and always when it says so', () => {
    const hour = fc.integer({ min: 0, max: 24 });
    const kinds = fc.uniqueArray(fc.constantFrom('mobile', 'home', 'work', 'other'));
    const rule = fc.record({
      days: fc.constantFrom('every', 'workdays', 'weekend'),
      from: hour,
      to: hour,
      order: kinds,
      never: kinds,
    });
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 5 }),
        fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) }),
        fc.constantFrom(...ZONES),
        fc.constantFrom('mobile', 'home', 'work', 'other'),
        (hours, at, zone, kind) => {
          const table = { hours } as Pick<NumberRules, 'hours'>;
          const then = kindAllowedAt(table, kind, at, zone);
          const allowed = (when: number) =>
            placeOfKind(ruleAt(table, localHour(when, zone)), kind) !== null;
          if (then === null) {
            for (let step = 0; step < 7 * 24; step += 1)
              expect(allowed(at + step * HOUR_MS)).toBe(false);
          } else {
            expect(then).toBeGreaterThanOrEqual(at);
            expect(allowed(then)).toBe(true);
            if (then > at) expect(allowed(then - 1)).toBe(false);
          }
        },
      ),
    );
  });
});

describe('a number that waits', () => {
  const at = Date.parse('2026-11-22T12:00:00+01:00');
  const order = (number: Partial<KnownNumber>, overrides: Partial<OrderQuestion> = {}) =>
    orderNumbers([aNumber(number)], ask(at, overrides));

  it('does so until its next try', () => {
    expect(order({ nextTryAt: at + 1 })).toEqual({ numbers: [], nextAt: at + 1 });
    expect(order({ nextTryAt: at }).numbers).toHaveLength(1);
  });

  it('does so until the next day when it was tried often enough today', () => {
    expect(order({ triesToday: 3 }).nextAt).toBe(Date.parse('2026-11-23T00:00:00+01:00'));
    expect(order({ triesToday: 2 }).numbers).toHaveLength(1);
    const unlimited = { ...rules, maxTriesPerDay: null };
    expect(order({ triesToday: 9 }, { rules: unlimited }).numbers).toHaveLength(1);
  });

  it('does so while its phone is absent, and leaves when it is dead', () => {
    const absent = { lineStatus: 'absent', lineStatusAt: at - HOUR_MS };
    expect(order(absent).nextAt).toBe(at + 5 * HOUR_MS);
    expect(order({ lineStatus: 'absent', lineStatusAt: at - 6 * HOUR_MS }).numbers).toHaveLength(1);
    for (const lineStatus of ['dead', 'invalid'])
      expect(order({ lineStatus })).toEqual({ numbers: [], nextAt: null });
  });

  it('does not when the debtor asked to be called there, but for the last try', () => {
    const agreed = { kind: 'work', agreed: true, triesToday: 5 };
    expect(order(agreed).numbers).toHaveLength(1);
    expect(order({ ...agreed, nextTryAt: at + 5 }).nextAt).toBe(at + 5);
  });

  it('comes first when it was just switched on again, until it is tried', () => {
    const numbers = [
      aNumber({ contactPointId: 'better' }),
      aNumber({
        contactPointId: 'back',
        kind: 'home',
        lastTriedAt: 5,
        reachableSince: at - HOUR_MS,
      }),
    ];
    const first = (of: KnownNumber[]) => orderNumbers(of, ask(at)).numbers[0]?.contactPointId;
    expect(first(numbers)).toBe('back');
    expect(first([numbers[0]!, { ...numbers[1]!, lastTriedAt: at - 1 }])).toBe('better');
  });
});

describe('what was learnt of answers', () => {
  const group = { kind: 'mobile', country: 'PL', debtKind: 'loan' };
  const nothing = () => undefined;
  const counted = (key: string, tries: number, answers: number) => (asked: string) =>
    asked === key ? { tries, answers } : undefined;

  it('leaves the order to the table before anything was counted', () => {
    const chances = [0, 1, 2, 3].map((place) => groupChance(nothing, group, 'workday-18', place));
    expect(chances.toSorted((one, other) => other - one)).toEqual(chances);
    expect(numberChance(chances[0]!, 'workday-18', [])).toBe(chances[0]);
  });

  it('of debtors alike moves the chance as far as it was counted', () => {
    const [, , , , leaf = ''] = profileKeys(group, 'workday-18');
    const before = groupChance(nothing, group, 'workday-18', 0);
    const some = groupChance(counted(leaf, 10, 5), group, 'workday-18', 0);
    const many = groupChance(counted(leaf, 1_000, 500), group, 'workday-18', 0);
    expect(before).toBeLessThan(some);
    expect(some).toBeLessThan(many);
    expect(many).toBeCloseTo(0.5, 1);
  });

  it('of this number counts most at this hour, less near by, least on other days', () => {
    const by = (slot: string) => numberChance(0.1, 'workday-18', [{ slot, tries: 5, answers: 5 }]);
    const chances = ['workday-18', 'workday-19', 'workday-16', 'workday-10', 'weekend-10'].map(by);
    expect(chances.toSorted((one, other) => other - one)).toEqual(chances);
    expect(new Set(chances).size).toBe(chances.length);
  });

  it('is a chance, rises with an answer and falls with a failure, whatever was counted', () => {
    const slot = fc
      .record({ hour: fc.integer({ min: 0, max: 23 }), weekend: fc.boolean() })
      .map(slotOf);
    const tally = fc
      .record({
        slot,
        tries: fc.integer({ min: 0, max: 500 }),
        part: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ part, ...one }) => ({ ...one, answers: Math.floor(one.tries * part) }));
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.95, noNaN: true }),
        slot,
        fc.array(tally, { maxLength: 10 }),
        (prior, at, tallies) => {
          const now = numberChance(prior, at, tallies);
          expect(now).toBeGreaterThanOrEqual(0);
          expect(now).toBeLessThanOrEqual(1);
          const withOneMore = (answers: number) =>
            numberChance(prior, at, [...tallies, { slot: at, tries: 1, answers }]);
          expect(withOneMore(1)).toBeGreaterThanOrEqual(now);
          expect(withOneMore(0)).toBeLessThanOrEqual(now);
        },
      ),
    );
  });

  it('puts the number that answers before the one that the table names first, only when it is to be learnt from', () => {
    const at = Date.parse('2026-11-23T10:00:00+01:00');
    const chanceOf = ({ kind }: KnownNumber) => (kind === 'home' ? 0.6 : 0.1);
    const first = (learn: boolean) =>
      orderNumbers(allKinds, ask(at, { rules: { ...rules, learn }, chanceOf })).numbers[0]?.kind;
    expect(first(true)).toBe('home');
    expect(first(false)).toBe('work');
  });
});
