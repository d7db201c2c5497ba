import fc from 'fast-check';
import type { Rule, RuleException, RulePack } from '#shared/rule-packs/index.ts';
import { parsePack } from '../packs/parse-pack.ts';
import { windows } from './arbitraries.ts';

const base = {
  basis: 'policy' as const,
  source: 'test',
  channels: ['call' as const, 'sms' as const],
  severity: 'deny' as const,
};
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

const zoneBasis = fc.constantFrom(
  'allKnown' as const,
  'residence' as const,
  'numberPresumed' as const,
);
const scope = fc.constantFrom<('person' | 'debt' | 'number')[][]>(
  ['person'],
  ['person', 'debt'],
  ['number'],
);
const relief = fc.constantFrom<RuleException[][]>(
  [],
  [],
  [{ type: 'directConsent', scope: ['person', 'debt'], lasts: 'P7D', firstDayCounts: true }],
  [{ type: 'debtorInitiated', once: true }],
  [{ type: 'debtorInitiated', withinChannel: true, once: true }],
  [{ type: 'debtorInitiated', withinChannel: true }],
  [
    { type: 'fact', name: 'guaranteedAgent' },
    { type: 'agreement', field: 'hours' },
  ],
);
/** A rule that ends, or begins, near the instants that are asked about. */
const life = fc.constantFrom<{ from?: string; to?: string }[]>(
  {},
  {},
  {},
  { to: '2026-03-30' },
  { from: '2026-10-26' },
);

const capWindow = fc.oneof(
  fc.integer({ min: 1, max: 5 }).map((days) => ({ type: 'calendarDays' as const, days })),
  fc
    .integer({ min: 1, max: 80 })
    .map((hours) => ({ type: 'rolling' as const, length: `PT${hours}H` })),
);
const cap = fc
  .record({
    scope,
    limit: fc.integer({ min: 1, max: 5 }),
    window: capWindow,
    counts: fc.constantFrom(['attempt' as const], ['attempt' as const, 'message' as const]),
  })
  .map((part) => ({
    ...base,
    ...part,
    kind: 'cap' as const,
    direction: 'out' as const,
    countChannels: ['call' as const, 'sms' as const],
    excludeFlags: ['notConnected' as const],
  }));

const kinds = fc.oneof(
  week.map((days) => ({ ...base, week: days, kind: 'hours' as const, calendar: 'XX' })),
  cap,
  fc
    .record({
      scope,
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
  fc.constant({ ...base, kind: 'personalBlock' as const }),
  fc.constant({ ...base, kind: 'hold' as const, holdKind: 'dispute' as const }),
  fc
    .record({
      consentKind: fc.constantFrom('perMedium' as const, 'massCall' as const),
      scope,
      validFor: fc.constantFrom(undefined, 'P4D', 'PT50H'),
      askLimit: fc.option(cap, { nil: undefined }),
    })
    .map(({ validFor, askLimit, ...part }) => ({
      ...base,
      ...part,
      kind: 'consent' as const,
      proof: true,
      ...(validFor === undefined ? {} : { validFor }),
      ...(askLimit === undefined ? {} : { askLimit: { ...askLimit, id: 'ask' } }),
    })),
  fc.constant({
    ...base,
    kind: 'firstNotice' as const,
    mustHaveSent: 'validationNotice' as const,
    blocksUntilSent: true,
  }),
  fc.integer({ min: 0, max: 3 }).map((maxContacts) => ({
    ...base,
    kind: 'addressee' as const,
    targets: ['thirdParty' as const],
    maxContacts,
    allowedTopics: ['location' as const],
  })),
  fc.boolean().map((withheldAllowed) => ({
    ...base,
    kind: 'callerId' as const,
    withheldAllowed,
    must: [],
    forbiddenRanges: ['+449'],
    localPresence: 'allow' as const,
    originCountry: ['GB'],
  })),
  fc.constant({
    ...base,
    kind: 'recording' as const,
    mode: 'mandatory' as const,
    preBufferAllowed: false,
    combine: 'strictestOfBothEnds' as const,
  }),
);

export const rules: fc.Arbitrary<Rule[]> = fc
  .array(fc.tuple(kinds, zoneBasis, relief, life), { minLength: 1, maxLength: 3 })
  .map((list) =>
    list.map(
      ([part, basis, unless, days], index) =>
        ({ ...part, ...days, zoneBasis: basis, unless, id: `R-${index}` }) as Rule,
    ),
  );

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
