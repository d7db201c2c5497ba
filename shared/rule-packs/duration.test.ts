import { expect, test } from 'vitest';
import { isIsoDuration, isWindowDuration, parseDuration } from './duration.ts';

test.each([
  ['P7D', { kind: 'days', days: 7 }],
  ['P2W', { kind: 'days', days: 14 }],
  ['PT72H', { kind: 'clock', ms: 72 * 3_600_000 }],
  ['PT1H30M5S', { kind: 'clock', ms: 5_405_000 }],
])('%s is read', (text, expected) => {
  expect(parseDuration(text)).toEqual(expected);
});

test.each(['', 'P', 'PT', '7D', 'P7', 'P1DT', 'P-1D'])('%j is no duration', (text) => {
  expect(isIsoDuration(text)).toBe(false);
  expect(() => parseDuration(text)).toThrow();
});

test('years and mixed units are durations, but no windows', () => {
  expect([isIsoDuration('P3Y'), isWindowDuration('P3Y')]).toEqual([true, false]);
  expect([isIsoDuration('P1DT2H'), isWindowDuration('P1DT2H')]).toEqual([true, false]);
});
