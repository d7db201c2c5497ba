import { describe, expect, test } from 'vitest';
import { anEvent, askRules, baseRule } from '../testing/ask-rules.ts';
import type { ContactEvent } from './index.ts';

const at = (text: string) => Date.parse(text);
const hourMs = 3_600_000;
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const hours = (from: string, to: string) => ({
  ...baseRule,
  id: 'H',
  kind: 'hours',
  calendar: 'XX',
  week: Object.fromEntries(everyDay.map((day) => [day, [[from, to]]])),
});
const cap = (limit: number, window: object) => ({
  ...baseRule,
  id: 'C',
  kind: 'cap',
  counts: ['attempt'],
  direction: 'out',
  countChannels: ['call'],
  excludeFlags: [],
  scope: ['person'],
  limit,
  window,
});
const today = cap(1, { type: 'calendarDays', days: 1 });

function askIn(zone: string, instant: string, rules: object[], events: ContactEvent[] = []) {
  const residence = { jurisdiction: 'XX', zones: [zone] };
  return askRules(rules, { facts: { residence }, events, request: { at: at(instant) } });
}
const next = (zone: string, instant: string, rules: object[], events: ContactEvent[] = []) =>
  askIn(zone, instant, rules, events).nextAllowedAt;

/** How long a window of one local day is open, by the quarter of an hour. */
function openHours(zone: string, from: string, count: number, rule: object): number {
  let open = 0;
  for (let quarter = 0; quarter < count * 4; quarter++) {
    const instant = new Date(at(from) + quarter * (hourMs / 4)).toISOString();
    if (askIn(zone, instant, [rule]).allowed) open += 0.25;
  }
  return open;
}

describe('days of 23 and 25 hours', () => {
  test('a window over the change is shorter in spring and longer in autumn', () => {
    const night = hours('00:00', '08:00');
    expect(openHours('Europe/Warsaw', '2026-03-29T00:00:00+01:00', 23, night)).toBe(7);
    expect(openHours('Europe/Warsaw', '2026-10-25T00:00:00+02:00', 25, night)).toBe(9);
    expect(openHours('Europe/Warsaw', '2026-10-26T00:00:00+01:00', 24, night)).toBe(8);
  });

  test('a window that begins in the hour that is left out opens with the next one', () => {
    const rule = hours('02:30', '05:00');
    expect(next('Europe/Warsaw', '2026-03-29T01:45:00+01:00', [rule])).toBe(
      at('2026-03-29T03:00:00+02:00'),
    );
  });

  test('a window inside the hour that is left out does not open that day', () => {
    const rule = hours('02:10', '02:50');
    expect(next('Europe/Warsaw', '2026-03-29T01:45:00+01:00', [rule])).toBe(
      at('2026-03-30T02:10:00+02:00'),
    );
  });

  test('a window inside the hour that comes twice opens twice', () => {
    const rule = hours('02:10', '02:50');
    const ask = (text: string) => next('Europe/Warsaw', text, [rule]);
    expect(ask('2026-10-25T02:05:00+02:00')).toBe(at('2026-10-25T02:10:00+02:00'));
    expect(ask('2026-10-25T02:50:00+02:00')).toBe(at('2026-10-25T02:10:00+01:00'));
    expect(ask('2026-10-25T02:50:00+01:00')).toBe(at('2026-10-26T02:10:00+01:00'));
  });

  test('half an hour at Lord Howe', () => {
    const rule = hours('02:00', '02:30');
    expect(next('Australia/Lord_Howe', '2026-10-04T01:59:00+10:30', [rule])).toBe(
      at('2026-10-05T02:00:00+11:00'),
    );
  });
});

describe('caps over the change', () => {
  test('a calendar day ends with the local day, however long it was', () => {
    expect(
      next(
        'Europe/Warsaw',
        '2026-03-29T12:00:00+02:00',
        [today],
        [anEvent('2026-03-29T00:30:00+01:00')],
      ),
    ).toBe(at('2026-03-30T00:00:00+02:00'));
    expect(
      next(
        'Europe/Warsaw',
        '2026-10-25T12:00:00+01:00',
        [today],
        [anEvent('2026-10-25T00:30:00+02:00')],
      ),
    ).toBe(at('2026-10-26T00:00:00+01:00'));
  });

  test('seven calendar days over the change are not 168 hours', () => {
    const week = cap(1, { type: 'calendarDays', days: 7 });
    const call = anEvent('2026-10-20T12:00:00+02:00');
    expect(next('Europe/Warsaw', '2026-10-24T12:00:00+02:00', [week], [call])).toBe(
      at('2026-10-27T00:00:00+01:00'),
    );
  });

  test('clock hours are clock hours', () => {
    const rule = cap(1, { type: 'rolling', length: 'PT24H' });
    const call = anEvent('2026-10-24T12:00:00+02:00');
    expect(next('Europe/Warsaw', '2026-10-25T09:00:00+01:00', [rule], [call])).toBe(
      at('2026-10-25T11:00:00+01:00'),
    );
  });

  test('a call in the second of two like hours counts for the same day as in the first', () => {
    const calls = [anEvent('2026-10-25T02:30:00+02:00'), anEvent('2026-10-25T02:30:00+01:00')];
    const two = cap(2, { type: 'calendarDays', days: 1 });
    expect(next('Europe/Warsaw', '2026-10-25T09:00:00+01:00', [two], calls)).toBe(
      at('2026-10-26T00:00:00+01:00'),
    );
  });
});

describe('zones that change at midnight', () => {
  test.each([
    // no midnight: the day begins at 01:00
    ['Africa/Cairo', '2026-04-23T12:00:00+02:00', '2026-04-24T01:00:00+03:00'],
    ['Asia/Beirut', '2026-03-28T12:00:00+02:00', '2026-03-29T01:00:00+03:00'],
    ['America/Havana', '2026-03-07T12:00:00-05:00', '2026-03-08T01:00:00-04:00'],
    // the hour before midnight comes twice: the day begins after the second
    ['Africa/Cairo', '2026-10-29T12:00:00+03:00', '2026-10-30T00:00:00+02:00'],
    ['Asia/Beirut', '2026-10-24T12:00:00+03:00', '2026-10-25T00:00:00+02:00'],
    // the hour after midnight comes twice: the day begins with the first
    ['America/Havana', '2026-10-31T12:00:00-04:00', '2026-11-01T00:00:00-04:00'],
  ])('%s: a cap of the day of %s is free at %s', (zone, called, free) => {
    expect(next(zone, called, [today], [anEvent(called)])).toBe(at(free));
  });

  test('an hour before midnight that comes twice is of the day that ends', () => {
    const call = [anEvent('2026-10-29T12:00:00+03:00')];
    // 23:30 the second time
    expect(next('Africa/Cairo', '2026-10-29T23:30:00+02:00', [today], call)).toBe(
      at('2026-10-30T00:00:00+02:00'),
    );
  });

  test('hours from midnight open when the day begins', () => {
    const rule = hours('00:00', '06:00');
    expect(next('Africa/Cairo', '2026-04-23T23:59:00+02:00', [rule])).toBe(
      at('2026-04-24T01:00:00+03:00'),
    );
    expect(openHours('America/Havana', '2026-11-01T00:00:00-04:00', 25, rule)).toBe(7);
  });

  test('a wait of a day, and a hold of one, end when the day begins', () => {
    const wait = {
      ...baseRule,
      id: 'W',
      kind: 'cooldown',
      after: ['attempt'],
      direction: 'out',
      scope: ['person'],
      length: 'P1D',
      firstDayCounts: true,
    };
    expect(
      next(
        'Africa/Cairo',
        '2026-04-23T20:00:00+02:00',
        [wait],
        [anEvent('2026-04-23T12:00:00+02:00')],
      ),
    ).toBe(at('2026-04-24T01:00:00+03:00'));
    const hold = { ...baseRule, id: 'D', kind: 'hold', holdKind: 'dispute' };
    const since = at('2026-04-22T12:00:00+02:00');
    const answer = askRules([hold], {
      facts: {
        residence: { jurisdiction: 'XX', zones: ['Africa/Cairo'] },
        holds: [{ kind: 'dispute', since, maxDays: 1 }],
      },
      request: { at: since },
    });
    expect(answer.nextAllowedAt).toBe(at('2026-04-24T01:00:00+03:00'));
  });
});

describe('a local day that is left out', () => {
  // Samoa went from the 29th to the 31st of December 2011
  const zone = 'Pacific/Apia';

  test('is no day of a window: Friday closed, Saturday comes at once', () => {
    const rule = { ...hours('00:00', '24:00'), week: { fri: [['00:00', '24:00']] } };
    expect(next(zone, '2011-12-29T12:00:00-10:00', [rule])).toBe(at('2012-01-06T00:00:00+14:00'));
    const saturday = { ...hours('08:00', '20:00'), week: { sat: [['08:00', '20:00']] } };
    expect(next(zone, '2011-12-29T23:00:00-10:00', [saturday])).toBe(
      at('2011-12-31T08:00:00+14:00'),
    );
  });

  test('counts in a cap of days, as its date has passed', () => {
    const two = cap(1, { type: 'calendarDays', days: 2 });
    const call = [anEvent('2011-12-29T12:00:00-10:00')];
    expect(next(zone, '2011-12-29T13:00:00-10:00', [two], call)).toBe(
      at('2011-12-31T00:00:00+14:00'),
    );
    expect(next(zone, '2011-12-29T13:00:00-10:00', [today], call)).toBe(
      at('2011-12-31T00:00:00+14:00'),
    );
  });
});
