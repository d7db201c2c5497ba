import { describe, expect, it } from 'vitest';
import { fromZonedField, toZonedField } from './zoned-field.ts';

const noon = Date.UTC(2026, 10, 21, 12, 0);

describe('a time field in the zone of another', () => {
  it.each([
    ['Europe/Warsaw', '2026-11-21T13:00'],
    ['America/New_York', '2026-11-21T07:00'],
    ['Asia/Kolkata', '2026-11-21T17:30'],
    ['Asia/Shanghai', '2026-11-21T20:00'],
    ['UTC', '2026-11-21T12:00'],
  ])('shows and reads the clock of %s', (zone, field) => {
    expect(toZonedField(noon, zone)).toBe(field);
    expect(fromZonedField(field, zone)).toBe(noon);
  });

  it('takes the first of two equal times when summer time ends', () => {
    expect(fromZonedField('2026-10-25T02:30', 'Europe/Warsaw')).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });

  it('moves a time that the clock skips on by the gap', () => {
    const at = fromZonedField('2026-03-29T02:30', 'Europe/Warsaw') ?? 0;
    expect(toZonedField(at, 'Europe/Warsaw')).toBe('2026-03-29T03:30');
  });

  it('reads every quarter of an hour of the two days on which the clock changes', () => {
    for (const day of [Date.UTC(2026, 2, 29), Date.UTC(2026, 9, 25)]) {
      for (let at = day; at < day + 86_400_000; at += 900_000) {
        const field = toZonedField(at, 'Europe/Warsaw');
        const read = fromZonedField(field, 'Europe/Warsaw') ?? 0;
        expect(toZonedField(read, 'Europe/Warsaw')).toBe(field);
      }
    }
  });

  it.each(['', 'soon', '2026-13-01T10:00'])('refuses %j', (text) => {
    expect(fromZonedField(text, 'Europe/Warsaw')).toBeNull();
  });
});
