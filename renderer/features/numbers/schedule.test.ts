import { describe, expect, it } from 'vitest';
import { daysText, isWrong, newScheduleEntry, scheduleText } from './schedule.ts';

describe('the hours of a number', () => {
  it('are said with days as ranges', () => {
    expect(daysText([6, 1, 3, 2], 'en')).toBe('Mon–Wed, Sat');
    expect(daysText([1, 2], 'en')).toBe('Mon, Tue');
    expect(scheduleText([newScheduleEntry], 'en')).toBe('Mon–Fri 08:00–20:00');
    expect(scheduleText([], 'en')).toBe('');
  });

  it('are wrong when they cover nothing', () => {
    expect(isWrong(newScheduleEntry)).toBe(false);
    expect(isWrong({ ...newScheduleEntry, days: [] })).toBe(true);
    expect(isWrong({ ...newScheduleEntry, to: '08:00' })).toBe(true);
    expect(isWrong({ ...newScheduleEntry, to: '24:00' })).toBe(false);
  });
});
