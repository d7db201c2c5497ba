import type { Figure } from '../bench.ts';
import {
  abandonmentPercent,
  type DayResult,
  minutesPerHour,
  shareOfDaysAbove,
  standardError,
} from './day-result.ts';
import type { PredictiveRule } from './predictive.ts';

/** The tables. */
export const POOLED = 'a, pooled';
export const EACH_DAY = 'b, each day';

/** What one controller came to in one scenario. */
export interface Row {
  table: typeof POOLED | typeof EACH_DAY;
  scenario: string;
  agents: number;
  /** with the rule on taking back, and cold or warm */
  controller: string;
  days: readonly DayResult[];
  /** of the best fixed ratio in the same run */
  baselineMinutes?: number;
  aimMinutes?: number;
  /** of those that promise to hold it */
  limitPercent?: number;
  /** share of days above the limit is what counts, and is to be at most this, in % */
  aimDaysPercent?: number;
}

/** The product's pacer, with everything that a figure of it must say. */
export function predictiveLabel(
  start: 'cold' | 'warm',
  { takesBack, limitPercent }: PredictiveRule,
): string {
  const back = takesBack ? 'taken back from 15 s with notices' : 'nothing taken back';
  const limit = limitPercent === 3 ? '' : `, limit ${limitPercent} %`;
  return `predictive, ${start}, ${back}${limit}`;
}

/** What all figures of a row begin with. */
export function titleOf({ table, scenario, agents, controller }: Row): string {
  const team = agents === 1 ? '1 agent' : `${agents} agents`;
  return `${table}: ${scenario}, ${team}, ${controller}`;
}

export function figuresOfRow(row: Row): Figure[] {
  const title = titleOf(row);
  const promises = row.limitPercent !== undefined;
  return [
    {
      name: `${title}: minutes`,
      value: minutesPerHour(row.days),
      unit: 'min/h',
      ...(row.baselineMinutes === undefined ? {} : { baseline: row.baselineMinutes }),
      ...(row.aimMinutes === undefined ? {} : { aim: row.aimMinutes, better: 'higher' }),
    },
    ...(promises ? [errorFigure(title, row.days)] : []),
    {
      name: `${title}: abandoned`,
      value: abandonmentPercent(row.days),
      unit: '%',
      ...(row.limitPercent === undefined ? {} : { aim: row.limitPercent }),
    },
    ...daysFigure(title, row),
    ...violations(title, row.days),
  ];
}

function errorFigure(title: string, days: readonly DayResult[]): Figure {
  const error = standardError(days.map((day) => minutesPerHour([day])));
  return { name: `${title}: standard error`, value: error, unit: 'min/h' };
}

function daysFigure(title: string, { days, limitPercent, aimDaysPercent }: Row): Figure[] {
  if (limitPercent === undefined || aimDaysPercent === undefined) return [];
  const value = 100 * shareOfDaysAbove(days, limitPercent);
  const name = `${title}: days above ${limitPercent} %`;
  return [{ name, value, unit: `% of ${days.length} days`, aim: aimDaysPercent }];
}

/** Too many lines, or taken back what may not be: said only when it happened. */
function violations(title: string, days: readonly DayResult[]): Figure[] {
  const value = days.reduce((sum, day) => sum + day.violations, 0);
  return value === 0 ? [] : [{ name: `${title}: broken rules`, value, unit: 'answers', aim: 0 }];
}
