import { describe, expect, it } from 'vitest';
import { snoozeUntil } from './snooze-times.ts';

/** on the clock of whoever runs the test */
const at = (day: number, hour: number, minute = 0): number =>
  new Date(2026, 10, day, hour, minute).getTime();

describe('a thread that is put off', () => {
  it('comes back in an hour to the minute', () => {
    expect(snoozeUntil('hour', at(20, 16, 25))).toBe(at(20, 17, 25));
  });

  it('comes back in the morning of the next day', () => {
    expect(snoozeUntil('tomorrow', at(20, 16, 25))).toBe(at(21, 8));
    expect(snoozeUntil('tomorrow', at(20, 0, 5))).toBe(at(21, 8));
  });

  it('comes back on the Monday that follows, never today', () => {
    // 20 November 2026 is a Friday
    expect(snoozeUntil('week', at(20, 16))).toBe(at(23, 8));
    expect(snoozeUntil('week', at(22, 16))).toBe(at(23, 8));
    expect(snoozeUntil('week', at(23, 7))).toBe(at(30, 8));
  });

  it('comes back at eight by the clock when the clocks are changed in between', () => {
    expect(new Date(snoozeUntil('tomorrow', new Date(2026, 9, 24, 12).getTime())).getHours()).toBe(
      8,
    );
  });
});
