import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPacks } from '../packs/load-packs.ts';
import { mayContact } from './may-contact.ts';

const packs = loadPacks(join(import.meta.dirname, '../../../resources/rule-packs'));

const aVector = (overrides: object = {}, request: object = {}, facts: object = {}) => ({
  id: 'V1',
  packs: ['us-federal'],
  facts: { residence: { jurisdiction: 'US-NY', zones: ['America/New_York'] }, ...facts },
  request: {
    at: '2026-11-24T10:00:00-05:00',
    channel: 'call',
    person: 'p1',
    debt: 'A',
    ...request,
  },
  ...overrides,
});
const aFile = (vector: object, more: object = {}) =>
  JSON.stringify({
    format: 1,
    switchedOn: { 'us-federal': ['US-F-01', 'US-F-03'] },
    vectors: [vector],
    ...more,
  });
const ask = (vector: object, more: object = {}) =>
  mayContact(aFile(vector, more), packs).results[0]!;

describe('a file that is not valid', () => {
  test.each<[string, string]>([
    ['no JSON', '{'],
    ['another format', aFile(aVector(), { format: 2 })],
    ['no vectors', '{"format":1}'],
    ['an unknown pack', aFile(aVector({ packs: ['mars'] }))],
    ['an unknown pack switched on', aFile(aVector(), { switchedOn: { mars: [] } })],
    ['an unknown rule', aFile(aVector(), { switchedOn: { 'us-federal': ['US-F-99'] } })],
    ['an instant without offset', aFile(aVector({}, { at: '2026-11-24T10:00:00' }))],
    ['an instant without seconds', aFile(aVector({}, { at: '2026-11-24T10:00-05:00' }))],
    ['a day that is none', aFile(aVector({}, { at: '2026-02-30T10:00:00-05:00' }))],
    ['an unknown channel', aFile(aVector({}, { channel: 'fax' }))],
    [
      'an unknown zone',
      aFile(aVector({}, {}, { residence: { jurisdiction: 'US', zones: ['EST+5'] } })),
    ],
    ['a field that nobody knows', aFile(aVector({}, {}, { hollds: [] }))],
    [
      'a block across midnight',
      aFile(aVector({}, {}, { personalBlocks: [{ days: ['mon'], from: '22:00', to: '06:00' }] })),
    ],
    [
      'an event after the request',
      aFile(
        aVector({
          history: [{ at: '2026-11-24T10:00:01-05:00', kind: 'attempt', channel: 'call' }],
        }),
      ),
    ],
    ['an id used twice', JSON.stringify({ format: 1, vectors: [aVector(), aVector()] })],
  ])('%s', (_what, text) => {
    expect(() => mayContact(text, packs)).toThrow(
      expect.objectContaining({ code: 'contact-rules.bad-vectors' }),
    );
  });
});

describe('boundaries', () => {
  test('`expect` is never read and defaults are filled in', () => {
    expect(ask(aVector({ expect: 'anything' }))).toMatchObject({
      allowed: true,
      blockedBy: [],
      nextAllowedAt: '2026-11-24T10:00:00-05:00',
    });
  });

  test('the last second is open, the closing instant is not', () => {
    expect(ask(aVector({}, { at: '2026-11-24T20:59:59-05:00' })).allowed).toBe(true);
    expect(ask(aVector({}, { at: '2026-11-24T21:00:00-05:00' })).allowed).toBe(false);
  });

  test('a closing margin closes earlier', () => {
    const late = aVector({}, { at: '2026-11-24T20:56:00-05:00' });
    expect(ask(late, { closeMarginSec: 300 }).nextAllowedAt).toBe('2026-11-25T08:00:00-05:00');
  });

  test('the answer is written with the offset of the question', () => {
    expect(ask(aVector({}, { at: '2026-11-25T02:00:00Z' })).nextAllowedAt).toBe(
      '2026-11-25T13:00:00Z',
    );
  });

  test('the horizon itself still counts, beyond it there is no date', () => {
    const at = '2026-11-24T22:00:00-05:00';
    const hold = (until: string) => ({
      holds: [{ kind: 'dispute', since: '2026-11-01T00:00:00Z', until }],
    });
    const only = { horizonDays: 2, switchedOn: { 'us-federal': ['US-F-15'] } };
    expect(ask(aVector({}, { at }, hold('2026-11-26T22:00:00-05:00')), only).nextAllowedAt).toBe(
      '2026-11-26T22:00:00-05:00',
    );
    expect(
      ask(aVector({}, { at }, hold('2026-11-26T22:00:01-05:00')), only).nextAllowedAt,
    ).toBeNull();
  });

  test('a rule without a number key is not asked about a number; one with classes is', () => {
    const history = ['16', '18'].map((day) => ({
      at: `2026-11-${day}T11:00:00-05:00`,
      kind: 'message',
      channel: 'sms',
    }));
    const vector = aVector(
      { packs: ['us-ma'], history },
      { at: '2026-11-20T11:00:00-05:00', channel: 'sms' },
    );
    expect(ask(vector, { switchedOn: {} }).blockedBy.sort()).toEqual(['US-MA-01', 'US-MA-02']);
  });

  test('a stated place rules until it expires', () => {
    const stated = { zones: ['Pacific/Honolulu'], until: '2026-11-24T12:00:00-05:00' };
    const answer = ask(aVector({}, { at: '2026-11-24T10:00:00-05:00' }, { stated }));
    expect(answer.blockedBy).toEqual(['US-F-03']);
    expect(answer.nextAllowedAt).toBe('2026-11-24T12:00:00-05:00');
  });

  test('a timed hold counts local days from the day after', () => {
    const holds = [{ kind: 'breathingSpace', since: '2026-09-15T12:00:00Z', maxLength: 'P60D' }];
    const facts = { residence: { jurisdiction: 'GB-ENG', zones: ['Europe/London'] }, holds };
    const vector = aVector({ packs: ['uk'] }, { at: '2026-11-14T10:00:00Z' }, facts);
    const only = { switchedOn: { uk: ['UK-H-01'] } };
    expect(ask(vector, only).nextAllowedAt).toBe('2026-11-15T00:00:00Z');
  });

  test('72 clock hours after an abandoned call, unless an agent is certain', () => {
    const history = [
      { at: '2026-11-20T11:30:15Z', kind: 'abandoned', channel: 'call', number: 'n1' },
    ];
    const residence = { jurisdiction: 'GB', zones: ['Europe/London'] };
    const vector = (flags: string[]) =>
      aVector(
        { packs: ['uk'], history },
        { at: '2026-11-21T10:00:00Z', mode: 'predictive', number: 'n1' },
        { residence, flags },
      );
    const only = { switchedOn: { uk: ['UK-O-03'] } };
    expect(ask(vector([]), only).nextAllowedAt).toBe('2026-11-23T11:30:15Z');
    expect(ask(vector(['guaranteedAgent']), only).allowed).toBe(true);
  });

  test('a weekend window opens under its fact, but never on a holiday', () => {
    const residence = { jurisdiction: 'PL', zones: ['Europe/Warsaw'] };
    const facts = { residence, flags: ['noWeekdayReach'], holidays: { PL: ['2026-11-29'] } };
    const only = { switchedOn: { pl: ['PL-Z-01'] } };
    const on = (at: string) => ask(aVector({ packs: ['pl'] }, { at }, facts), only);
    expect(on('2026-11-28T10:00:00+01:00').allowed).toBe(true);
    expect(on('2026-11-29T10:00:00+01:00').nextAllowedAt).toBe('2026-11-30T06:00:00+01:00');
  });
});
