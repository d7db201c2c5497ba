import { expect, test } from 'vitest';
import { anEvent, askRules, baseRule } from '../testing/ask-rules.ts';
import type { ContactEvent } from './index.ts';

const at = (text: string) => Date.parse(text);
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const hours = {
  ...baseRule,
  id: 'H',
  kind: 'hours',
  calendar: 'XX',
  week: Object.fromEntries(everyDay.map((day) => [day, [['08:00', '20:00']]])),
};
const oneADay = {
  ...baseRule,
  id: 'C',
  kind: 'cap',
  counts: ['attempt'],
  direction: 'out',
  countChannels: ['call'],
  excludeFlags: [],
  scope: ['person'],
  limit: 1,
  window: { type: 'calendarDays', days: 1 },
};

/** A debtor of Warsaw who says to be in Tokyo (eight hours ahead) until a moment. */
function next(instant: string, until: string, rules: object[], events: ContactEvent[] = []) {
  const stated = { zones: ['Asia/Tokyo'], until: at(until) };
  return askRules(rules, { facts: { stated }, events, request: { at: at(instant) } }).nextAllowedAt;
}

test('the stated clock counts while it is in force', () => {
  const asked = '2026-11-24T10:00:00+09:00';
  expect(next(asked, '2026-12-01T00:00:00Z', [hours])).toBe(at(asked));
  expect(next('2026-11-24T21:00:00+09:00', '2026-12-01T00:00:00Z', [hours])).toBe(
    at('2026-11-25T08:00:00+09:00'),
  );
});

test('night there and day at home: free at the moment that the place ends', () => {
  const until = '2026-11-24T15:00:00+01:00';
  expect(next('2026-11-24T14:00:00+01:00', until, [hours])).toBe(at(until));
});

test('it ends at night at home: the morning there is too late to count', () => {
  expect(next('2026-11-24T14:00:00+01:00', '2026-11-24T23:30:00+01:00', [hours])).toBe(
    at('2026-11-25T08:00:00+01:00'),
  );
});

test('days of caps end by the clock in force', () => {
  const call = [anEvent('2026-11-24T09:00:00+09:00')];
  const asked = '2026-11-24T12:00:00+09:00';
  expect(next(asked, '2026-12-01T00:00:00Z', [oneADay], call)).toBe(
    at('2026-11-25T00:00:00+09:00'),
  );
  // at home that call was at 01:00 of the 24th, and the day has eight hours more
  expect(next(asked, '2026-11-24T20:00:00+09:00', [oneADay], call)).toBe(
    at('2026-11-25T00:00:00+01:00'),
  );
});

test('a fixed clock is not replaced', () => {
  const fixed = { ...hours, zoneBasis: 'fixed', fixedZone: 'Asia/Shanghai' };
  expect(next('2026-11-24T07:30:00+08:00', '2026-12-01T00:00:00Z', [fixed])).toBe(
    at('2026-11-24T08:00:00+08:00'),
  );
});
