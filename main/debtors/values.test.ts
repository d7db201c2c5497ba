import { describe, expect, it } from 'vitest';
import { ageBucket } from './age-bucket.ts';
import { daysPastDue, localDate } from './local-date.ts';
import { maskNationalId } from './mask-national-id.ts';

describe('dates where the debtor lives', () => {
  const lateEvening = Date.UTC(2026, 10, 24, 23, 30);
  it.each([
    ['Europe/Warsaw', '2026-11-25'],
    ['America/New_York', '2026-11-24'],
    ['Asia/Vladivostok', '2026-11-25'],
    ['Not/AZone', '2026-11-24'],
  ])('in %s', (zone, date) => {
    expect(localDate(lateEvening, zone)).toBe(date);
  });

  it('count whole days, over a change of clocks too', () => {
    expect(daysPastDue('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysPastDue('2026-03-28', '2026-03-28')).toBeNull();
    expect(daysPastDue('2026-03-28', '2026-03-27')).toBeNull();
    expect(daysPastDue(null, '2026-03-27')).toBeNull();
  });
});

describe('age buckets', () => {
  it.each([
    [null, 'notDue'],
    [1, '1-30'],
    [30, '1-30'],
    [31, '31-60'],
    [91, '91-180'],
    [365, '181-365'],
    [366, '366+'],
    [5000, '366+'],
  ])('%s days → %s', (days, bucket) => {
    expect(ageBucket(days)).toBe(bucket);
  });
});

describe('national ids', () => {
  it('show their end only, and nothing when short', () => {
    expect(maskNationalId('80051712345')).toBe('••••••••345');
    expect(maskNationalId('12345')).toBe('•••••');
    expect(maskNationalId('')).toBeNull();
    expect(maskNationalId(null)).toBeNull();
  });
});
