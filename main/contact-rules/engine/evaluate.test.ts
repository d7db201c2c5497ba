import { describe, expect, test } from 'vitest';
import { anEvent, askRules as ask, baseRule as base, noon } from '../testing/ask-rules.ts';

const at = (text: string) => Date.parse(text);
const recording = (id: string, mode: string) => ({
  ...base,
  id,
  kind: 'recording',
  mode,
  preBufferAllowed: false,
  combine: 'strictestOfBothEnds',
});
const cap = (window: object, more: object = {}) => ({
  ...base,
  id: 'C',
  kind: 'cap',
  counts: ['attempt'],
  direction: 'out',
  countChannels: ['call'],
  excludeFlags: [],
  scope: ['person'],
  limit: 1,
  window,
  ...more,
});
const hours = (more: object = {}) => ({
  ...base,
  id: 'H',
  kind: 'hours',
  calendar: 'XX',
  week: { tue: [['08:00', '10:00']], wed: [['08:00', '10:00']], holiday: [] },
  ...more,
});

describe('recording, the strictest of both ends', () => {
  const whats = (...modes: string[]) =>
    ask(modes.map((mode, index) => recording(`R${index}`, mode))).obligations.map(
      ({ what }) => what,
    );

  test.each([
    [['onePartyOk'], []],
    [['onePartyOk', 'announce'], ['announceRecording']],
    [
      ['announce', 'allPartyConsent'],
      ['announceRecording', 'askRecordingConsent'],
    ],
    [
      ['mandatory', 'announce'],
      ['announceRecording', 'recordingMandatory'],
    ],
    [['announce', 'forbidden'], ['recordingForbidden']],
  ])('%j → %j', (modes, expected) => expect(whats(...modes)).toEqual(expected));

  test('one law demands what the other forbids: no call', () => {
    const answer = ask([recording('R1', 'mandatory'), recording('R2', 'forbidden')]);
    expect(answer).toMatchObject({ allowed: false, nextAllowedAt: null });
    expect(answer.blockedBy[0]).toMatchObject({ rule: 'R2', because: 'recordingConflict' });
  });
});

describe('windows of a cap', () => {
  test.each([
    ['two calendar days', { type: 'calendarDays', days: 2 }, '2026-11-25T00:00:00+01:00'],
    ['30 clock hours', { type: 'rolling', length: 'PT30H' }, '2026-11-24T15:00:00+01:00'],
    ['the week', { type: 'calendarUnit', unit: 'week' }, '2026-11-30T00:00:00+01:00'],
    [
      'the week from Sunday',
      { type: 'calendarUnit', unit: 'week', weekStart: 'sun' },
      '2026-11-29T00:00:00+01:00',
    ],
    ['the month', { type: 'calendarUnit', unit: 'month' }, '2026-12-01T00:00:00+01:00'],
  ])('%s', (_what, window, next) => {
    const answer = ask([cap(window)], { events: [anEvent('2026-11-23T09:00:00+01:00')] });
    expect(answer.nextAllowedAt).toBe(at(next));
  });

  test('an event after the tested instant does not count yet', () => {
    const rule = cap({ type: 'calendarDays', days: 1 });
    expect(ask([rule], { events: [anEvent(noon + 1)] }).allowed).toBe(true);
    expect(ask([rule], { events: [anEvent(noon)] }).allowed).toBe(false);
  });

  test('a limit of zero is never', () => {
    expect(ask([cap({ type: 'calendarDays', days: 1 }, { limit: 0 })]).nextAllowedAt).toBeNull();
  });
});

describe('rules', () => {
  test('a warning does not refuse', () => {
    const answer = ask([hours({ severity: 'warn' })]);
    expect(answer).toMatchObject({ allowed: true, nextAllowedAt: noon });
    expect(answer.warnings).toEqual([
      expect.objectContaining({ rule: 'H', until: at('2026-11-25T08:00:00+01:00') }),
    ]);
  });

  test('relief by a fact, a court or an agreement lifts the whole rule', () => {
    const unless = [{ type: 'agreement', field: 'otherHours' }, { type: 'courtPermission' }];
    const flagged = (flag: string) =>
      ask([hours({ unless })], { facts: { flags: [flag] } }).allowed;
    expect(['agreement:otherHours', 'courtPermission', 'agreement:other'].map(flagged)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('a rule that ends frees on the day it ends, in the last zone of the world', () => {
    const rule = cap({ type: 'calendarDays', days: 1 }, { limit: 0, to: '2026-11-25' });
    expect(ask([rule]).nextAllowedAt).toBe(at('2026-11-25T12:00:00Z'));
    expect(ask([hours({ from: '2026-12-01' })]).allowed).toBe(true);
  });

  test('a year without a table is a holiday where that is stricter', () => {
    const request = { at: at('2027-02-02T09:00:00+01:00') };
    expect(ask([hours()], { request }).nextAllowedAt).toBeNull();
    expect(ask([hours({ week: { tue: [['08:00', '10:00']] } })], { request }).allowed).toBe(true);
  });

  test('a gate of consent opens only under one that is in force', () => {
    const gate = {
      ...base,
      id: 'G',
      kind: 'consent',
      consentKind: 'massCall',
      scope: ['person'],
      proof: true,
      validFor: 'P10D',
    };
    const under = (daysAgo: number, kind = 'massCall') =>
      ask([gate], { facts: { consents: [{ kind, at: noon - daysAgo * 86_400_000 }] } }).allowed;
    expect([under(9), under(10), under(1, 'marketing')]).toEqual([true, false, false]);
  });

  test('an addressee who is not contacted at all', () => {
    const rule = {
      ...base,
      id: 'A',
      kind: 'addressee',
      targets: ['thirdParty'],
      maxContacts: 0,
      allowedTopics: [],
    };
    expect(ask([rule]).allowed).toBe(true);
    expect(ask([rule], { request: { target: 'thirdParty' } }).blockedBy[0]).toMatchObject({
      because: 'addressee',
    });
  });

  test('parameters and duties are handed on as data', () => {
    const retention = {
      ...base,
      id: 'K',
      kind: 'retention',
      artefact: 'recording',
      min: 'P3Y',
      anchor: 'event',
    };
    const content = {
      ...base,
      id: 'T',
      kind: 'content',
      when: 'voicemail',
      mustInclude: ['businessName'],
      exclusive: true,
    };
    const answer = ask([retention, content]);
    expect(answer.allowed).toBe(true);
    expect(answer.obligations.map(({ rule, what }) => `${rule} ${what}`)).toEqual([
      'K retention',
      'T content',
      'T limitedVoicemailOnly',
    ]);
  });

  test('the refusal with the latest date stands first, one without a date before all', () => {
    const hold = { ...base, id: 'D', kind: 'hold', holdKind: 'dispute' };
    const answer = ask([hours(), hold], { facts: { holds: [{ kind: 'dispute', since: 0 }] } });
    expect(answer.blockedBy.map(({ rule }) => rule)).toEqual(['D', 'H']);
  });

  test('zones twelve hours apart that are never open together have no date', () => {
    const zones = ['Pacific/Auckland', 'Atlantic/Azores'];
    const week = {
      mon: [['08:00', '18:00']],
      tue: [['08:00', '18:00']],
      wed: [['08:00', '18:00']],
    };
    const facts = { residence: { jurisdiction: 'XX', zones } };
    expect(ask([hours({ week })], { facts }).nextAllowedAt).toBeNull();
  });
});
