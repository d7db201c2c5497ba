import { describe, expect, it } from 'vitest';
import { type ListStrategy, listStrategy } from '#shared/contract/index.ts';
import { periodOf } from './month-period.ts';

type Days = ListStrategy['periods'][number]['days'];
const holds = (days: Days, date: string) =>
  periodOf(listStrategy.parse({ periods: [{ name: 'x', days, weights: {} }] }), date) !== null;

describe('a period of the month', () => {
  it.each<[string, Days, string[], string[]]>([
    [
      'from the first to the seventh',
      { kind: 'fromTo', from: 1, to: 7 },
      ['2026-11-01', '2026-11-07'],
      ['2026-11-08', '2026-10-31'],
    ],
    [
      'over the end of the month',
      { kind: 'fromTo', from: 28, to: 3 },
      ['2026-02-28', '2026-03-03'],
      ['2026-02-27', '2026-03-04'],
    ],
    [
      'the last seven days, of a short month too',
      { kind: 'lastDays', days: 7 },
      ['2026-02-22', '2026-02-28', '2028-02-23'],
      ['2026-02-21', '2028-02-22'],
    ],
    [
      'wages of the 10th and the 31st and two days after',
      { kind: 'payDays', days: [10, 31], after: 2 },
      ['2026-11-10', '2026-11-12', '2026-11-30', '2026-12-02', '2026-12-31'],
      ['2026-11-13', '2026-11-29', '2026-12-03'],
    ],
  ])('%s', (_name, days, within, without) => {
    for (const date of within) expect([date, holds(days, date)]).toEqual([date, true]);
    for (const date of without) expect([date, holds(days, date)]).toEqual([date, false]);
  });
});
