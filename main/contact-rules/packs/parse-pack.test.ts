import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { loadPacks } from './load-packs.ts';
import { type PackProblem, parsePack } from './parse-pack.ts';

const folder = join(import.meta.dirname, '../../../resources/rule-packs');

const cap = {
  id: 'X-01',
  kind: 'cap',
  basis: 'law',
  source: 'somewhere',
  channels: ['call'],
  severity: 'deny',
  counts: ['attempt'],
  direction: 'out',
  countChannels: ['call'],
  excludeFlags: [],
  scope: ['person'],
  limit: 3,
  window: { type: 'calendarDays', days: 7 },
};
const hours = {
  id: 'X-02',
  kind: 'hours',
  basis: 'law',
  source: 'somewhere',
  channels: ['call'],
  severity: 'deny',
  week: { mon: [['08:00', '20:00']] },
  calendar: 'XX',
};
const aPack = (overrides: object = {}) => ({
  id: 'test',
  version: '1',
  title: 'Test',
  jurisdiction: 'XX',
  actors: ['collector'],
  effectiveFrom: '2026-01-01',
  calendars: ['XX'],
  rules: [cap],
  sources: [],
  review: { status: 'draft' },
  ...overrides,
});

function problemsOf(json: unknown): PackProblem[] {
  try {
    parsePack(json, 'file.json');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe('contact-rules.bad-pack');
    return error.details.problems as PackProblem[];
  }
  throw new Error('the pack was accepted');
}

describe('parsePack', () => {
  test('accepts a sound pack', () => {
    expect(parsePack(aPack({ rules: [cap, hours] })).rules).toHaveLength(2);
  });

  test.each<[string, object, string]>([
    ['a window of no days', { ...cap, window: { type: 'calendarDays', days: 0 } }, 'window.days'],
    ['a window in years', { ...cap, window: { type: 'rolling', length: 'P1Y' } }, 'window.length'],
    ['an unknown word', { ...cap, counts: ['called'] }, 'counts.0'],
    ['an unknown field', { ...cap, limits: 4 }, 'limits'],
    ['a field that is missing', { ...cap, limit: undefined }, 'limit'],
    ['a kind that nobody knows', { ...cap, kind: 'quota' }, 'kind'],
    ['a window that ends first', { ...hours, week: { mon: [['20:00', '08:00']] } }, 'week.mon.0'],
    ['a time that is none', { ...hours, week: { mon: [['8:00', '20:00']] } }, 'week.mon.0.0'],
    ['a calendar not declared', { ...hours, calendar: 'YY' }, 'calendar'],
    ['a fixed zone left out', { ...hours, zoneBasis: 'fixed' }, 'fixedZone'],
    ['a zone that is none', { ...hours, zoneBasis: 'fixed', fixedZone: '+02:00' }, 'fixedZone'],
    ['an end before the start', { ...cap, from: '2026-02-01', to: '2026-01-01' }, 'to'],
  ])('names pack, rule and field: %s', (_what, rule, field) => {
    const id = (rule as { id: string }).id;
    const problems = problemsOf(aPack({ rules: [rule] }));
    expect(problems).toContainEqual(expect.objectContaining({ pack: 'test', rule: id, field }));
  });

  test('the message can be read by a person', () => {
    expect(() => parsePack(aPack({ rules: [{ ...cap, limit: -1 }] }))).toThrow(
      /^pack test, rule X-01, field limit: /,
    );
  });

  test('names a field of the pack, and the file when there is no id', () => {
    expect(problemsOf(aPack({ effectiveFrom: '2026-02-30' }))).toEqual([
      expect.objectContaining({ pack: 'test', rule: null, field: 'effectiveFrom' }),
    ]);
    expect(problemsOf({}).map(({ pack }) => pack)).toContain('file.json');
    expect(problemsOf(null)).toHaveLength(1);
  });

  test('refuses an id used twice', () => {
    expect(problemsOf(aPack({ rules: [cap, cap] }))).toEqual([
      { pack: 'test', rule: 'X-01', field: 'id', problem: 'used twice in this pack' },
    ]);
  });
});

describe('the packs we ship', () => {
  const packs = loadPacks(folder);

  test('are those of the issue, all of them drafts', () => {
    expect(packs.map(({ id }) => id)).toEqual([
      'cn',
      'de',
      'es',
      'pl',
      'practice',
      'ru',
      'safe-base',
      'uk',
      'us-dc',
      'us-federal',
      'us-fl',
      'us-ma',
      'us-nyc',
      'za',
    ]);
    expect(packs.every(({ review }) => review.status === 'draft')).toBe(true);
  });

  test('every rule says what it rests on', () => {
    for (const { sources, rules } of packs) {
      expect(sources.length).toBeGreaterThan(0);
      for (const { source } of rules) expect(source.length).toBeGreaterThan(3);
    }
  });
});
