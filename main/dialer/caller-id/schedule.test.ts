import { describe, expect, it } from 'vitest';
import { shownFrom } from './schedule.ts';

/** local time of the machine that runs the test, as the product's */
const local = (day: number, hour: number, minute = 0) =>
  new Date(2026, 10, day, hour, minute).getTime();
const workdays = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };

describe('the schedule of a number', () => {
  it('without lines it may always be shown', () => {
    expect(shownFrom([], local(22, 3))).toBe(local(22, 3));
  });

  // 2026-11-23 is a Monday
  it.each([
    ['inside', local(23, 9), local(23, 9)],
    ['before', local(23, 8, 59), local(23, 9)],
    ['at its end', local(23, 17), local(24, 9)],
    ['over the weekend', local(27, 18), local(30, 9)],
  ])('%s', (_name, at, from) => expect(shownFrom([workdays], at)).toBe(from));

  it('a window may go over midnight', () => {
    const night = [{ days: [1], from: '22:00', to: '02:00' }];
    expect(shownFrom(night, local(24, 1, 30))).toBe(local(24, 1, 30));
    expect(shownFrom(night, local(24, 2))).toBe(local(30, 22));
  });

  it('until 24:00 is the whole rest of the day', () => {
    expect(shownFrom([{ days: [7], from: '00:00', to: '24:00' }], local(22, 23, 59))).toBe(
      local(22, 23, 59),
    );
  });
});
