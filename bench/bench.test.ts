import { describe, expect, it } from 'vitest';
import { describeFigure, percentile, reportFigure } from './bench.ts';

describe('figures', () => {
  it('carry their ratio to the baseline and whether the aim is reached', () => {
    const figure = { name: 'joined', value: 30, unit: 'ms', baseline: 20, aim: 40 };
    expect(reportFigure(figure)).toEqual({ ...figure, ratio: 1.5, holds: true });
    const tooFew = { name: 'rate', value: 5, unit: 'calls/s', aim: 10 };
    expect(reportFigure({ ...tooFew, better: 'higher' })).toEqual({ ...tooFew, holds: false });
  });

  it('have no ratio to a baseline of nothing', () => {
    expect(reportFigure({ name: 'a', value: 1, unit: 'ms', baseline: 0 })).toEqual({
      name: 'a',
      value: 1,
      unit: 'ms',
      baseline: 0,
    });
  });

  it('say in words when an aim is missed', () => {
    const text = describeFigure({ name: 'joined', value: 50, unit: 'ms', aim: 40, holds: false });
    expect(text).toMatch(/^joined +50 ms {3}aim 40: NOT REACHED$/);
  });
});

describe('percentile', () => {
  it('is one of the samples', () => {
    const samples = [5, 1, 4, 2, 3];
    expect(percentile(samples, 0.5)).toBe(3);
    expect(percentile(samples, 0.99)).toBe(5);
    expect(percentile(samples, 0)).toBe(1);
  });

  it('is not a number without samples', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});
