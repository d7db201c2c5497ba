import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { loadPacks } from './load-packs.ts';
import { type PackProblem, parsePack } from './parse-pack.ts';

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

const consent = {
  ...{ id: 'X-03', kind: 'consent', basis: 'law', source: 'somewhere', channels: ['sms'] },
  ...{ severity: 'deny', consentKind: 'perMedium', scope: ['person'], proof: true },
};
const content = {
  ...{ id: 'X-04', kind: 'content', basis: 'law', source: 'somewhere', channels: ['sms'] },
  ...{ severity: 'deny', when: 'every', mustInclude: ['optOut'] },
};
const callerId = {
  ...{ id: 'X-05', kind: 'callerId', basis: 'law', source: 'somewhere', channels: ['call'] },
  ...{ severity: 'deny', withheldAllowed: false, must: [], localPresence: 'warn' },
};
const retention = {
  ...{ id: 'X-06', kind: 'retention', basis: 'law', source: 'somewhere', channels: ['call'] },
  ...{ severity: 'deny', artefact: 'recording', anchor: 'event' },
};

describe('what a schema of single fields cannot see', () => {
  test.each<[string, object, string]>([
    ['hours that never open', { ...hours, week: { mon: [], sun: [] } }, 'week'],
    [
      'windows that overlap',
      {
        ...hours,
        week: {
          mon: [
            ['08:00', '12:00'],
            ['11:00', '20:00'],
          ],
        },
      },
      'week.mon',
    ],
    ['calls counted as visits', { ...cap, counts: ['visit'] }, 'countChannels'],
    [
      'messages counted on calls',
      { ...cap, counts: ['message'], countChannels: ['call'] },
      'countChannels',
    ],
    [
      'an ask limit that counts nothing',
      { ...consent, askLimit: { ...cap, id: 'X-03-ask', counts: ['message'] } },
      'askLimit.countChannels',
    ],
    ['consent that is never valid', { ...consent, validFor: 'P0D' }, 'validFor'],
    [
      'an element both asked for and forbidden',
      { ...content, mustNotInclude: ['optOut'] },
      'mustNotInclude',
    ],
    ['allowed words without `exclusive`', { ...content, mayInclude: ['greeting'] }, 'mayInclude'],
    ['a content rule about nothing', { ...content, mustInclude: [] }, 'mustInclude'],
    ['a range that is no prefix', { ...callerId, forbiddenRanges: ['09'] }, 'forbiddenRanges.0'],
    ['a period without a length', retention, 'max'],
    ['a longest period under the shortest', { ...retention, min: 'P3Y', max: 'P18M' }, 'max'],
  ])('%s', (_what, rule, field) => {
    const { id } = rule as { id: string };
    const problems = problemsOf(aPack({ rules: [rule] }));
    expect(problems).toEqual([expect.objectContaining({ pack: 'test', rule: id, field })]);
  });

  test.each<[string, object, string]>([
    ['an end before the beginning', { effectiveTo: '2025-12-31' }, 'effectiveTo'],
    ['an approval by nobody', { review: { status: 'counsel-approved' } }, 'review.by'],
    [
      'an approval without a date',
      { review: { status: 'counsel-approved', by: 'A. Lee' } },
      'review.on',
    ],
    ['a practice pack as fallback', { practice: true, fallback: true }, 'fallback'],
  ])('%s', (_what, head, field) => {
    expect(problemsOf(aPack(head))).toEqual([
      expect.objectContaining({ pack: 'test', rule: null, field }),
    ]);
  });

  test('a holiday table that does not exist, when the tables are known', () => {
    const json = aPack({ rules: [hours] });
    expect(() => parsePack(json, 'file.json', { calendars: new Set(['PL']) })).toThrow(
      'pack test, field calendars.0: no holiday table XX',
    );
    expect(parsePack(json, 'file.json', { calendars: new Set(['XX']) }).id).toBe('test');
  });

  test('a field written by habit is named with the one that is meant', () => {
    expect(problemsOf(aPack({ rules: [{ ...cap, until: '2027-01-01' }] }))).toEqual([
      { pack: 'test', rule: 'X-01', field: 'until', problem: 'unknown field; is `to` meant?' },
    ]);
    expect(problemsOf(aPack({ rules: [{ ...cap, constructor: 1 }] }))[0]?.problem).toBe(
      'unknown field',
    );
  });
});

describe('loadPacks', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dialdesk-packs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('refuses an id used by two files, and says when even the version is the same', () => {
    writeFileSync(join(folder, 'a.json'), JSON.stringify(aPack()));
    writeFileSync(join(folder, 'b.json'), JSON.stringify(aPack({ version: '2' })));
    expect(() => loadPacks(folder)).toThrow('pack test, field id: used by two files');
    writeFileSync(join(folder, 'b.json'), JSON.stringify(aPack()));
    expect(() => loadPacks(folder)).toThrow('used by two files, both version 1');
  });

  test('one bad pack refuses the whole folder, by the name of its file', () => {
    writeFileSync(join(folder, 'a.json'), JSON.stringify(aPack()));
    writeFileSync(join(folder, 'b.json'), '{');
    expect(() => loadPacks(folder)).toThrow(/^pack b\.json, field file: cannot be read as JSON/);
  });
});
