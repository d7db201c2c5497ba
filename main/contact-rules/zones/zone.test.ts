import { describe, expect, test } from 'vitest';
import { dateOfDay, dayOfDate, isKnownZone, weekdayOf, zoneOf } from './zone.ts';

const at = (text: string) => Date.parse(text);

describe('Zone', () => {
  test.each([
    ['Europe/Warsaw', '2026-03-29T00:59:59Z', 1],
    ['Europe/Warsaw', '2026-03-29T01:00:00Z', 2],
    ['Europe/Warsaw', '2026-10-25T00:59:59Z', 2],
    ['Europe/Warsaw', '2026-10-25T01:00:00Z', 1],
    ['Asia/Kolkata', '2026-06-01T00:00:00Z', 5.5],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', 10.5],
    ['Pacific/Kiritimati', '2026-12-31T23:59:59Z', 14],
    // two changes within five weeks: Ramadan
    ['Africa/Casablanca', '2026-02-20T12:00:00Z', 0],
    ['Africa/Casablanca', '2026-04-20T12:00:00Z', 1],
  ])('%s at %s is %d h east', (name, instant, hours) => {
    expect(zoneOf(name).segmentAt(at(instant)).offsetMs).toBe(hours * 3_600_000);
  });

  test('agrees with Intl on every half hour of a year, in zones that change at odd times', () => {
    for (const name of ['America/Santiago', 'Africa/Cairo', 'Africa/Casablanca', 'Asia/Gaza']) {
      const format = new Intl.DateTimeFormat('sv-SE', {
        timeZone: name,
        dateStyle: 'short',
        timeStyle: 'medium',
      });
      for (
        let now = at('2026-01-01T00:00:00Z');
        now < at('2027-01-01T00:00:00Z');
        now += 1_800_000
      ) {
        const local = new Date(now + zoneOf(name).segmentAt(now).offsetMs).toISOString();
        expect(local.slice(0, 19).replace('T', ' ')).toBe(format.format(now));
      }
    }
  });

  test('days have 23 and 25 hours when the clock changes', () => {
    const warsaw = zoneOf('Europe/Warsaw');
    const lengthOf = (date: string) => {
      const day = dayOfDate(date);
      return (warsaw.startOfDay(day + 1) - warsaw.startOfDay(day)) / 3_600_000;
    };
    expect(lengthOf('2026-03-28')).toBe(24);
    expect(lengthOf('2026-03-29')).toBe(23);
    expect(lengthOf('2026-10-25')).toBe(25);
  });

  test('a day whose midnight is left out begins at one', () => {
    const cairo = zoneOf('Africa/Cairo');
    expect(cairo.startOfDay(dayOfDate('2026-04-24'))).toBe(at('2026-04-24T01:00:00+03:00'));
  });

  test('a day that is left out begins with the next one', () => {
    const apia = zoneOf('Pacific/Apia');
    const skipped = apia.startOfDay(dayOfDate('2011-12-30'));
    expect(skipped).toBe(apia.startOfDay(dayOfDate('2011-12-31')));
  });

  test('offsets and unknown names are no zones', () => {
    expect(isKnownZone('+02:00')).toBe(false);
    expect(isKnownZone('Mars/Olympus')).toBe(false);
    expect(() => zoneOf('Mars/Olympus')).toThrow(
      expect.objectContaining({ code: 'contact-rules.zone-unknown' }),
    );
  });

  test('numbers of days, dates and weekdaysFromSunday agree', () => {
    expect(dateOfDay(dayOfDate('2026-11-21'))).toBe('2026-11-21');
    expect(weekdayOf(dayOfDate('2026-11-22'))).toBe(0);
    expect(weekdayOf(-3)).toBe(1);
  });
});
