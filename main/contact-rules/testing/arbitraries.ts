import fc from 'fast-check';
import type { Rule, RulePack } from '#shared/rule-packs/index.ts';
import type { ContactEvent, Facts } from '../engine/index.ts';
import { parsePack } from '../packs/parse-pack.ts';

/** Zones with ordinary, half-hour and midnight changes, and the far ends of the day. */
export const sampleZones = [
  'Europe/Warsaw',
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Santiago',
  'Pacific/Kiritimati',
];

/** Instants near changes of the clock, and one ordinary week. */
const baseInstants = [
  '2026-03-08T04:00:00Z',
  '2026-03-29T00:00:00Z',
  '2026-04-04T12:00:00Z',
  '2026-04-23T20:00:00Z',
  '2026-10-25T00:00:00Z',
  '2026-11-01T03:00:00Z',
  '2026-11-22T10:00:00Z',
].map((text) => Date.parse(text));

const dayMs = 86_400_000;
export const instant = fc
  .tuple(fc.constantFrom(...baseInstants), fc.integer({ min: -86_400, max: 86_400 }))
  .map(([base, seconds]) => base + seconds * 1000);

const zoneNames = fc.uniqueArray(fc.constantFrom(...sampleZones), { minLength: 1, maxLength: 2 });
const halfHour = (half: number) =>
  `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`;
/** Up to two windows that do not touch, the last one up to midnight. */
const windows = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { maxLength: 4 })
  .map((halves) => halves.sort((a, b) => a - b).map(halfHour))
  .map((times) => {
    const [from, to, again, end] = times;
    const list: [string, string][] = [];
    if (from !== undefined && to !== undefined) list.push([from, to]);
    if (again !== undefined && end !== undefined) list.push([again, end]);
    return list;
  });
const window = windows
  .filter((list) => list.length > 0)
  .map(([first]) => first as [string, string]);
const week = fc
  .record(
    {
      mon: windows,
      tue: windows,
      wed: windows,
      thu: windows,
      fri: windows,
      sat: windows,
      sun: windows,
      holiday: windows,
    },
    { requiredKeys: ['mon', 'tue', 'wed', 'thu', 'fri'] },
  )
  .filter((days) => Object.values(days).some((list) => list.length > 0));

const base = {
  basis: 'policy' as const,
  source: 'test',
  channels: ['call' as const],
  severity: 'deny' as const,
};
const basis = fc.constantFrom('allKnown' as const, 'residence' as const, 'numberPresumed' as const);
const scope = fc.constantFrom<('person' | 'debt' | 'number')[][]>(
  ['person'],
  ['person', 'debt'],
  ['number'],
);
const directConsent = {
  type: 'directConsent' as const,
  scope: ['person' as const, 'debt' as const],
  lasts: 'P7D',
  firstDayCounts: true,
};
const relief = fc.constantFrom([], [directConsent]);

const ruleWithoutId = fc.oneof(
  fc.record({ zoneBasis: basis, week }).map((part) => ({
    ...base,
    ...part,
    kind: 'hours' as const,
    calendar: 'XX',
  })),
  fc
    .record({
      zoneBasis: basis,
      scope,
      limit: fc.integer({ min: 1, max: 4 }),
      unless: relief,
      window: fc.oneof(
        fc.integer({ min: 1, max: 5 }).map((days) => ({ type: 'calendarDays' as const, days })),
        fc
          .integer({ min: 1, max: 80 })
          .map((hours) => ({ type: 'rolling' as const, length: `PT${hours}H` })),
      ),
    })
    .map((part) => ({
      ...base,
      ...part,
      kind: 'cap' as const,
      counts: ['attempt' as const],
      direction: 'out' as const,
      countChannels: ['call' as const],
      excludeFlags: ['notConnected' as const],
    })),
  fc
    .record({
      zoneBasis: basis,
      scope,
      unless: relief,
      firstDayCounts: fc.boolean(),
      length: fc.constantFrom('P1D', 'P3D', 'PT5H', 'PT72H'),
      direction: fc.constantFrom('out' as const, 'both' as const),
    })
    .map((part) => ({
      ...base,
      ...part,
      kind: 'cooldown' as const,
      after: ['conversation' as const],
    })),
  basis.map((zoneBasis) => ({ ...base, zoneBasis, kind: 'personalBlock' as const })),
  basis.map((zoneBasis) => ({
    ...base,
    zoneBasis,
    kind: 'hold' as const,
    holdKind: 'dispute' as const,
  })),
);

export const rules: fc.Arbitrary<Rule[]> = fc
  .array(ruleWithoutId, { minLength: 1, maxLength: 4 })
  .map((list) => list.map((rule, index) => ({ ...rule, id: `R-${index}` }) as Rule));

/** A pack that has been through the real check. */
export function packOf(id: string, list: readonly Rule[]): RulePack {
  return parsePack({
    id,
    version: '1',
    title: 'test',
    jurisdiction: '*',
    actors: ['collector'],
    effectiveFrom: '2020-01-01',
    calendars: ['XX'],
    rules: list,
    sources: [],
    review: { status: 'draft' },
  });
}

/** History of up to ten days before `at`. */
export function events(at: number, maxLength = 8): fc.Arbitrary<ContactEvent[]> {
  const event = fc
    .record({
      secondsAgo: fc.integer({ min: 0, max: 10 * 86_400 }),
      kind: fc.constantFrom('attempt' as const, 'conversation' as const),
      direction: fc.constantFrom('out' as const, 'in' as const),
      debt: fc.constantFrom('A', 'B', undefined),
      number: fc.constantFrom('n1', 'n2', undefined),
      flags: fc.constantFrom([], ['notConnected' as const]),
    })
    .map(
      ({ secondsAgo, debt, number, ...rest }): ContactEvent => ({
        ...rest,
        at: at - secondsAgo * 1000,
        channel: 'call',
        person: 'p1',
        ...(debt === undefined ? {} : { debt }),
        ...(number === undefined ? {} : { number }),
      }),
    );
  return fc.array(event, { maxLength });
}

export function facts(at: number): fc.Arbitrary<Facts> {
  const near = fc.integer({ min: -3 * dayMs, max: 2 * dayMs }).map((ms) => at + ms);
  const before = fc.integer({ min: 0, max: 8 * dayMs }).map((ms) => at - ms);
  return fc
    .record({
      zones: zoneNames,
      numberZones: fc.array(fc.constantFrom(...sampleZones), { maxLength: 1 }),
      stated: fc.option(fc.record({ zones: zoneNames, until: near }), { nil: undefined, freq: 3 }),
      holds: fc.array(
        fc.record({
          since: before,
          maxDays: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
          until: near,
        }),
        { maxLength: 2 },
      ),
      blocks: fc.array(
        fc.record({ window, zone: fc.option(fc.constantFrom(...sampleZones), { nil: undefined }) }),
        {
          maxLength: 2,
        },
      ),
      consents: fc.array(
        fc.record({
          at: before,
          lastsDays: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
        }),
        {
          maxLength: 1,
        },
      ),
    })
    .map(
      ({ zones, numberZones, stated, holds, blocks, consents }): Facts => ({
        residence: { jurisdiction: 'XX', zones },
        ...(stated ? { stated } : {}),
        numbers: { n1: { class: 'mobile', presumedZones: numberZones } },
        holds: holds.map(({ since, until, maxDays }) => ({
          kind: 'dispute' as const,
          since,
          until,
          ...(maxDays === undefined ? {} : { maxDays }),
        })),
        personalBlocks: blocks.map(({ window: [from, to], zone }) => ({
          days: ['mon', 'wed', 'sun'],
          from,
          to,
          ...(zone === undefined ? {} : { zone }),
        })),
        consents: consents.map((consent) => ({
          kind: 'directConsent',
          at: consent.at,
          ...(consent.lastsDays === undefined ? {} : { lastsDays: consent.lastsDays }),
        })),
        flags: [],
      }),
    );
}
