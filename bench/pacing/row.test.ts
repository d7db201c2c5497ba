import { describe, expect, it } from 'vitest';
import { reportFigure } from '../bench.ts';
import { barOf } from './bars.ts';
import { type DayResult, emptyDay } from './day-result.ts';
import { describeTables } from './describe-tables.ts';
import { figuresOfRow, predictiveLabel, type Row } from './row.ts';

/** So many minutes of a day of ten hours, a hundred answers. */
function aDay(busyHours: number, abandoned: number, violations = 0): DayResult {
  return {
    ...emptyDay(),
    busyMs: busyHours * 3_600_000,
    staffedMs: 10 * 3_600_000,
    answered: 100,
    abandoned,
    violations,
  };
}

const rule = { windowMs: 1, limitPercent: 3, takesBack: false };

function aRow(overrides: Partial<Row> = {}): Row {
  return {
    table: 'b, each day',
    scenario: 'S2',
    agents: 5,
    controller: predictiveLabel('warm', rule),
    days: [aDay(7, 2), aDay(8, 4)],
    limitPercent: 3,
    aimDaysPercent: 2,
    aimMinutes: 46,
    baselineMinutes: 40,
    ...overrides,
  };
}

describe('figures of a row', () => {
  it('say scenario, team, cold or warm and the rule on taking back in each name', () => {
    const title = 'b, each day: S2, 5 agents, predictive, warm, nothing taken back';
    const figures = figuresOfRow(aRow());
    expect(figures.map(({ name, value }) => [name, value])).toEqual([
      [`${title}: minutes`, 45],
      [`${title}: standard error`, 3],
      [`${title}: abandoned`, 3],
      [`${title}: days above 3 %`, 50],
    ]);
    const holds = figures.map((figure) => reportFigure(figure).holds);
    expect(holds).toEqual([false, undefined, true, false]);
  });

  it('promise nothing for a baseline', () => {
    const { limitPercent: _limit, aimMinutes: _aim, ...baseline } = aRow();
    const figures = figuresOfRow({ ...baseline, controller: 'progressive' });
    expect(figures.every(({ aim }) => aim === undefined)).toBe(true);
  });

  it('count answers that broke a rule', () => {
    const figures = figuresOfRow(aRow({ days: [aDay(7, 2, 3)] }));
    expect(figures.at(-1)).toMatchObject({ value: 3, aim: 0 });
  });
});

describe('the tables for people', () => {
  it('have a line for each controller with all that is known of it', () => {
    const lines = describeTables(figuresOfRow(aRow()).map(reportFigure));
    expect(lines[0]).toContain('Synthetic');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(
      /45\.00 +3\.00 +3\.00 % +aim 46\.0 min\/h NOT REACHED +days above 3 % 50/,
    );
  });
});

describe('bars', () => {
  it('hold for the rule on taking back and the limit they were set for', () => {
    const of = { scenario: 'S2', agents: 5, limitPercent: 3, takesBack: false };
    expect(barOf(of)).toBe(45.7);
    expect(barOf({ ...of, takesBack: true })).toBe(48);
    expect(barOf({ ...of, limitPercent: 1, takesBack: true })).toBe(44);
    expect(barOf({ ...of, limitPercent: 1 })).toBeUndefined();
    expect(barOf({ ...of, agents: 3 })).toBeUndefined();
  });
});
