import { describe, expect, it } from 'vitest';
import { durationText, toDuration, toMs, unitName } from './duration-unit.ts';

describe('durations in human units', () => {
  it.each([
    [25_000, { value: 25, unit: 'second' }],
    [300_000, { value: 5, unit: 'minute' }],
    [5_400_000, { value: 90, unit: 'minute' }],
    [7_200_000, { value: 2, unit: 'hour' }],
    [259_200_000, { value: 3, unit: 'day' }],
    [0, { value: 0, unit: 'second' }],
    [1_500, { value: 2, unit: 'second' }],
  ] as const)('%d ms', (ms, expected) => {
    expect(toDuration(ms)).toEqual(expected);
  });

  it('go back to milliseconds', () => {
    expect(toMs({ value: 72, unit: 'hour' })).toBe(259_200_000);
    expect(toMs({ value: 1.5, unit: 'minute' })).toBe(90_000);
  });

  it('are written with the plural of the language', () => {
    expect(durationText(7_200_000, 'en')).toBe('2 hours');
    expect(durationText(7_200_000, 'pl').replace(/\s/g, ' ')).toBe('2 godziny');
    expect(durationText(300_000, 'pl').replace(/\s/g, ' ')).toBe('5 minut');
    expect(durationText(259_200_000, 'ru').replace(/\s/g, ' ')).toBe('3 дня');
  });

  it('name their unit without the number', () => {
    expect(unitName('minute', 5, 'pl')).toBe('minut');
    expect(unitName('day', 1, 'en')).toBe('day');
  });
});
