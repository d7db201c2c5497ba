import { describe, expect, test } from 'vitest';
import { createClockGuard } from './clock-guard.ts';

const hour = 3_600_000;
const start = Date.parse('2026-11-21T20:00:00Z');

function aGuard() {
  const clock = { wall: start, ticks: 5_000, now: () => clock.wall, monotonic: () => clock.ticks };
  const guard = createClockGuard(clock);
  const pass = (ms: number) => {
    clock.wall += ms;
    clock.ticks += ms;
  };
  return { clock, guard, pass };
}

describe('clock guard', () => {
  test('trusts clocks that run together, over days and over a change of DST', () => {
    const { guard, pass } = aGuard();
    for (let days = 0; days < 200; days++) {
      pass(24 * hour);
      expect(guard.check(null)).toBe(true);
    }
  });

  test('forgives the drift of two quartz clocks', () => {
    const { clock, guard, pass } = aGuard();
    for (let days = 0; days < 30; days++) {
      pass(24 * hour);
      clock.wall += 5_000;
      expect(guard.check(null)).toBe(true);
    }
  });

  test.each([
    ['back', -61_000, 'steppedBack'],
    ['an hour ahead', hour, 'steppedForward'],
    ['60 s ahead', 60_000, 'steppedForward'],
  ] as const)('stepped %s, it refuses until a person confirms', (_what, step, reason) => {
    const { clock, guard, pass } = aGuard();
    clock.wall += step;
    expect(guard.check(null)).toBe(false);
    expect(guard.reason).toBe(reason);
    clock.wall -= step;
    pass(1000);
    expect(guard.check(null)).toBe(false);
    guard.confirm();
    expect([guard.suspect, guard.check(null)]).toEqual([false, true]);
  });

  test('a step below 60 s is NTP at work, but steps add up', () => {
    const { clock, guard } = aGuard();
    clock.wall += 40_000;
    expect(guard.check(null)).toBe(true);
    clock.wall += 40_000;
    expect(guard.check(null)).toBe(false);
  });

  test('behind the newest row it refuses, and after a confirmation accepts the rows that were there', () => {
    const { guard, pass } = aGuard();
    expect(guard.check(start + 4_000)).toBe(true);
    expect(guard.check(start + hour)).toBe(false);
    expect(guard.reason).toBe('behindNewestRow');
    guard.confirm();
    pass(1000);
    expect(guard.check(start + hour)).toBe(true);
    expect(guard.check(start + 2 * hour)).toBe(false);
  });

  test('a machine asleep over midnight is no step forward', () => {
    const { clock, guard } = aGuard();
    guard.suspended();
    clock.wall += 9 * hour;
    expect(guard.check(null)).toBe(true);
    guard.resumed();
    expect(guard.check(null)).toBe(true);
  });

  test('a check before the word of the wake-up came is put right by it', () => {
    const { clock, guard } = aGuard();
    clock.wall += 9 * hour;
    expect(guard.check(null)).toBe(false);
    clock.ticks += 3_000;
    clock.wall += 3_000;
    guard.resumed();
    expect(guard.check(null)).toBe(true);
  });

  test('a step forward long before a wake-up is not explained by it, nor a step back', () => {
    const forward = aGuard();
    forward.clock.wall += hour;
    expect(forward.guard.check(null)).toBe(false);
    forward.pass(hour);
    forward.guard.resumed();
    expect(forward.guard.suspect).toBe(true);

    const back = aGuard();
    back.guard.suspended();
    back.clock.wall -= hour;
    back.guard.resumed();
    expect(back.guard.reason).toBe('steppedBack');
  });
});
