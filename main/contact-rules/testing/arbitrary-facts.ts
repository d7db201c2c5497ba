import fc from 'fast-check';
import type {
  ConsentFact,
  ContactEvent,
  EngineRequest,
  Facts,
  HoldFact,
  PersonalBlock,
} from '../engine/index.ts';
import { given, window, zoneName, zoneNames } from './arbitraries.ts';

const channel = fc.constantFrom('call' as const, 'sms' as const);
const debt = fc.constantFrom('A', 'B', undefined);
const number = fc.constantFrom('n1', 'n2', undefined);
const days = fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined });

/** History of up to ten days before `at`, of the person and of another one on the same numbers. */
export function events(at: number, maxLength = 8): fc.Arbitrary<ContactEvent[]> {
  const event = fc
    .record({
      secondsAgo: fc.oneof(
        fc.integer({ min: 0, max: 10 * 86_400 }),
        fc.integer({ min: 0, max: 4 }).map((hours) => hours * 3600),
      ),
      kind: fc.constantFrom('attempt' as const, 'conversation' as const, 'message' as const),
      direction: fc.constantFrom('out' as const, 'out' as const, 'in' as const),
      channel,
      person: fc.constantFrom('p1', 'p1', 'p1', 'p2', undefined),
      debt,
      number,
      target: fc.constantFrom('thirdParty' as const, 'debtor' as const, undefined),
      flags: fc.constantFrom([], [], ['notConnected' as const]),
    })
    .map(
      ({ secondsAgo, person, debt: about, number: to, target, ...rest }): ContactEvent => ({
        ...rest,
        at: at - secondsAgo * 1000,
        ...given('person', person),
        ...given('debt', about),
        ...given('number', to),
        ...given('target', target),
      }),
    );
  return fc.array(event, { maxLength });
}

/** Around the asked instant: some facts begin or end while the next instant is looked for. */
const near = (at: number) =>
  fc.integer({ min: -3 * 86_400, max: 2 * 86_400 }).map((seconds) => at + seconds * 1000);
const before = (at: number) =>
  fc.integer({ min: 0, max: 8 * 86_400 }).map((seconds) => at - seconds * 1000);

export function holds(at: number, maxLength = 2): fc.Arbitrary<HoldFact[]> {
  const hold = fc
    .record({
      since: before(at),
      until: near(at),
      maxDays: days,
      medium: fc.constantFrom('call' as const, 'sms' as const, undefined, undefined),
    })
    .map(
      ({ since, until, maxDays, medium }): HoldFact => ({
        kind: 'dispute',
        since,
        until,
        ...given('maxDays', maxDays),
        ...given('medium', medium),
      }),
    );
  return fc.array(hold, { maxLength });
}

export function blocks(maxLength = 2): fc.Arbitrary<PersonalBlock[]> {
  const block = fc.record({ window, zone: fc.option(zoneName, { nil: undefined }) }).map(
    ({ window: [from, to], zone }): PersonalBlock => ({
      days: ['mon', 'wed', 'sun'],
      from,
      to,
      ...given('zone', zone),
    }),
  );
  return fc.array(block, { maxLength });
}

function consents(at: number): fc.Arbitrary<ConsentFact[]> {
  const consent = fc
    .record({
      kind: fc.constantFrom('directConsent', 'perMedium', 'massCall'),
      at: before(at),
      lastsDays: days,
      until: fc.option(near(at), { nil: undefined }),
      debt,
      channel: fc.option(channel, { nil: undefined }),
      number,
    })
    .map(
      ({
        kind,
        at: since,
        lastsDays,
        until,
        debt: about,
        channel: by,
        number: to,
      }): ConsentFact => ({
        kind,
        at: since,
        ...given('lastsDays', lastsDays),
        ...given('until', until),
        ...given('debt', about),
        ...given('channel', by),
        ...given('number', to),
      }),
    );
  return fc.array(consent, { maxLength: 3 });
}

const flags = fc.subarray([
  'guaranteedAgent',
  'callerIdWithheld',
  'askingConsent',
  'debtorInitiated',
  'agreement:hours',
]);

export function facts(at: number): fc.Arbitrary<Facts> {
  const notice = fc.record({ at: near(at), debt }).map(({ at: sentAt, debt: about }) => ({
    kind: 'validationNotice' as const,
    at: sentAt,
    ...given('debt', about),
  }));
  return fc
    .record({
      zones: zoneNames,
      numberZones: fc.array(zoneName, { maxLength: 1 }),
      zoneDoubt: fc.boolean(),
      stated: fc.option(fc.record({ zones: zoneNames, until: near(at) }), {
        nil: undefined,
        freq: 2,
      }),
      holds: holds(at),
      personalBlocks: blocks(),
      consents: consents(at),
      notices: fc.array(notice, { maxLength: 2 }),
      historyFrom: fc.option(before(at), { nil: undefined }),
      flags: fc.oneof(fc.constant([]), flags),
    })
    .map(
      ({ zones, numberZones, zoneDoubt, stated, historyFrom, ...rest }): Facts => ({
        ...rest,
        residence: { jurisdiction: 'XX', zones },
        numbers: { n1: { class: 'mobile', presumedZones: numberZones, zoneDoubt } },
        ...given('stated', stated),
        ...given('historyFrom', historyFrom),
      }),
    );
}

export const request: fc.Arbitrary<Omit<EngineRequest, 'at'>> = fc
  .record({
    channel,
    target: fc.constantFrom('debtor' as const, 'debtor' as const, 'thirdParty' as const),
    debt: fc.constantFrom('A', 'A', undefined),
    number: fc.constantFrom('n1', 'n1', undefined),
    callerId: fc.constantFrom(
      undefined,
      undefined,
      '+442079460000',
      '+449012345678',
      '+48221234567',
    ),
    recording: fc.constantFrom(undefined, undefined, true, false),
  })
  .map(({ debt: about, number: to, callerId, recording, ...rest }) => ({
    ...rest,
    mode: 'preview' as const,
    purposes: ['collection' as const],
    person: 'p1',
    ...given('debt', about),
    ...given('number', to),
    ...given('callerId', callerId),
    ...given('recording', recording),
  }));
