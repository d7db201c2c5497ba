import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHybridClock, formatHlc, MAX_DRIFT_MS, parseHlc } from './hlc.ts';

const NOON = Date.UTC(2026, 10, 24, 12);

describe('hybrid logical clock', () => {
  it('follows the wall clock', () => {
    const clock = createHybridClock(null);
    expect(parseHlc(clock.tick(NOON))).toEqual({ ms: NOON, counter: 0 });
    expect(parseHlc(clock.tick(NOON + 5))).toEqual({ ms: NOON + 5, counter: 0 });
  });

  it('counts within one millisecond', () => {
    const clock = createHybridClock(null);
    expect([clock.tick(NOON), clock.tick(NOON), clock.tick(NOON)]).toEqual([
      formatHlc(NOON, 0),
      formatHlc(NOON, 1),
      formatHlc(NOON, 2),
    ]);
  });

  it('goes on upwards when the wall clock steps back, also over a restart', () => {
    const before = createHybridClock(null).tick(NOON);
    const restarted = createHybridClock(before);
    const after = restarted.tick(NOON - 3_600_000);
    expect(after > before).toBe(true);
    expect(parseHlc(after)).toEqual({ ms: NOON, counter: 1 });
  });

  it('moves to the next millisecond when the counter is full', () => {
    const clock = createHybridClock(formatHlc(NOON, 0xffff));
    expect(clock.tick(NOON)).toBe(formatHlc(NOON + 1, 0));
  });

  it('sorts after what it observed, and ignores what is older', () => {
    const clock = createHybridClock(null);
    clock.tick(NOON);
    clock.observe(formatHlc(NOON + 1000, 7), NOON);
    clock.observe(formatHlc(NOON - 1000, 9), NOON);
    expect(clock.tick(NOON)).toBe(formatHlc(NOON + 1000, 8));
  });

  it('refuses a peer whose clock is far ahead', () => {
    const clock = createHybridClock(null);
    const far = formatHlc(NOON + MAX_DRIFT_MS + 1, 0);
    expect(() => clock.observe(far, NOON)).toThrow(
      expect.objectContaining({ code: 'store.clock-drift' }),
    );
  });

  it('grows strictly as text, whatever the wall clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 44 }), { maxLength: 50 }), (times) => {
        const clock = createHybridClock(null);
        let previous = '';
        for (const now of times) {
          const next = clock.tick(now);
          expect(next > previous).toBe(true);
          previous = next;
        }
      }),
    );
  });
});
