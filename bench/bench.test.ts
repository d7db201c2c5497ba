import { describe, expect, it } from 'vitest';
import { describeFigures, percentile, reportFigure } from './bench.ts';

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

  it('stand in a table whose columns are aligned, and say in words when an aim is missed', () => {
    const table = describeFigures([
      { name: 'joined', value: 50, unit: 'ms', baseline: 25, ratio: 2, aim: 40, holds: false },
      { name: 'rate of calls', value: 5.12345, unit: 'calls/s', aim: 5, holds: true },
    ]);
    expect(table).toEqual([
      '                       value  baseline  ratio  aim',
      'joined                 50 ms        25    × 2   40  NOT REACHED',
      'rate of calls  5.123 calls/s                     5      reached',
    ]);
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
