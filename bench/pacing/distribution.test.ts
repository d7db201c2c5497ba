import { describe, expect, it } from 'vitest';
import {
  constant,
  type Distribution,
  draw,
  exponential,
  logNormal,
  meanMs,
} from './distribution.ts';
import { keyedStream } from './random.ts';

const mixed: Distribution = {
  kind: 'mixture',
  parts: [
    { weight: 1, of: constant(10_000) },
    { weight: 3, of: logNormal(90_000, 1) },
  ],
};

describe('distributions', () => {
  it.each([
    ['constant', constant(2_000), 0],
    ['uniform', { kind: 'uniform', fromMs: 1_000, toMs: 3_000 }, 0.289],
    ['exponential', exponential(15_000), 1],
    ['log-normal', logNormal(90_000, 1), 1],
    ['narrow log-normal', logNormal(30_000, 0.5), 0.5],
    ['mixture', mixed, undefined],
  ] as [string, Distribution, number | undefined][])(
    '%s has its mean and spread',
    (_name, of, variation) => {
      const uniform = keyedStream(3);
      const draws = Array.from({ length: 40_000 }, () => draw(of, uniform));
      const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
      expect(mean / meanMs(of)).toBeCloseTo(1, 1);
      if (variation === undefined) return;
      const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
      expect(Math.abs(Math.sqrt(variance) / mean - variation)).toBeLessThan(0.08);
    },
  );
});

describe('keyed streams', () => {
  it('draw the same values for the same key', () => {
    const [one, other] = [keyedStream(7, 1, 2), keyedStream(7, 1, 2)];
    expect(Array.from({ length: 5 }, one)).toEqual(Array.from({ length: 5 }, other));
  });

  it('are even and independent between neighbouring keys', () => {
    const firsts = Array.from({ length: 20_000 }, (_, key) => keyedStream(7, 1, key)());
    const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
    expect(mean).toBeCloseTo(0.5, 2);
    let together = 0;
    for (let key = 1; key < firsts.length; key += 1) {
      together += ((firsts[key] ?? 0) - mean) * ((firsts[key - 1] ?? 0) - mean);
    }
    expect(Math.abs((12 * together) / firsts.length)).toBeLessThan(0.03);
  });
});
