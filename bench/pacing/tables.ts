import type { Figure } from '../bench.ts';
import { barOf } from './bars.ts';
import { baselineRows, optimumRow } from './baseline-rows.ts';
import { abandonmentPercent, type DayResult, minutesPerHour } from './day-result.ts';
import { type Cell, LIMIT_PERCENT, type Plan } from './plan.ts';
import {
  DAY_WINDOW_MS,
  MONTH_WINDOW_MS,
  type PredictiveRule,
  runColdAndWarm,
  runPredictive,
} from './predictive.ts';
import { EACH_DAY, figuresOfRow, POOLED, predictiveLabel, type Row, titleOf } from './row.ts';

const SEEDS = [11, 12] as const;
const DAILY_SEEDS = [41, 42] as const;
const COLD_START_SEED = 31;
const FIRST_ANSWERS = 50;
const ABANDONED_ALLOWED = 3;
const DAYS_ABOVE_ALLOWED_PERCENT = 2;

type Note = (text: string) => void;

/** Table a: abandonment pooled over all days. */
export function pooledFigures(plan: Plan, note: Note): Figure[] {
  return plan.pooled.flatMap((cell) => cellFigures(cell, note));
}

function cellFigures(cell: Cell, note: Note): Figure[] {
  const scenario = cell.scenarioOf(cell.agents);
  // how a switch speaks is a matter of the product's pacer: the others are told plainly
  const { wire: _wire, ...plain } = scenario;
  const { days, tuningDays } = cell;
  const plan = { scenario: plain, seeds: SEEDS, days, tuningDays };
  const { rows, minutes } = baselineRows(plan, note);
  const figures: Figure[] = [];
  if (cell.isExponential) {
    const { row, solvedMinutes } = optimumRow(plan);
    rows.push(row);
    figures.push(solvedFigure(row, solvedMinutes));
  }
  rows.push(...predictiveRows(cell, false, LIMIT_PERCENT, minutes));
  if (cell.takingBack) rows.push(...predictiveRows(cell, true, LIMIT_PERCENT, minutes));
  for (const row of rows) note(`  ${row.controller}: ${inShort(row.days)}`);
  return [...rows.flatMap(figuresOfRow), ...figures];
}

function inShort(days: readonly DayResult[]): string {
  return `${minutesPerHour(days).toFixed(2)} min/h, ${abandonmentPercent(days).toFixed(2)} %`;
}

function solvedFigure(played: Row, value: number): Figure {
  const title = titleOf({ ...played, controller: 'exact optimum, solved' });
  return { name: `${title}: minutes`, value, unit: 'min/h' };
}

/** The product's pacer at a lower limit. */
export function onePercentFigures(plan: Plan, note: Note): Figure[] {
  return plan.onePercent.flatMap((cell) => {
    note(`limit 1 %, ${cell.agents}`);
    const rows = [false, true].flatMap((takesBack) =>
      predictiveRows(cell, takesBack, 1, undefined),
    );
    return rows.flatMap(figuresOfRow);
  });
}

function predictiveRows(
  cell: Cell,
  takesBack: boolean,
  limitPercent: number,
  baselineMinutes: number | undefined,
): Row[] {
  const scenario = cell.scenarioOf(cell.agents);
  const rule = { windowMs: MONTH_WINDOW_MS, limitPercent, takesBack };
  const runs = runColdAndWarm({ scenario, rule, days: cell.days }, SEEDS);
  const bar = barOf({ scenario: scenario.name, agents: cell.agents, limitPercent, takesBack });
  // where no bar is set, the best fixed ratio is the one to pass
  const aimMinutes = bar ?? baselineMinutes;
  return startsOf(runs).map(([start, days]) => ({
    ...rowOf(POOLED, cell, start, rule, days),
    ...(baselineMinutes === undefined ? {} : { baselineMinutes }),
    ...(aimMinutes === undefined ? {} : { aimMinutes }),
  }));
}

/**
 * Table b: each day is a campaign of its own with a limit over 24 h, which is to hold on every one of them.
 * @param pooled table a, against which the cost is told
 */
export function dailyFigures(plan: Plan, pooled: readonly Figure[], note: Note): Figure[] {
  const rule = { windowMs: DAY_WINDOW_MS, limitPercent: LIMIT_PERCENT, takesBack: false };
  return plan.daily.flatMap((cell) => {
    const scenario = cell.scenarioOf(cell.agents);
    note(`each day, ${scenario.name}, ${cell.agents}`);
    const runs = runColdAndWarm({ scenario, rule, days: cell.days, newEachDay: true }, DAILY_SEEDS);
    return startsOf(runs).flatMap(([start, days]) => {
      const row = rowOf(EACH_DAY, cell, start, rule, days);
      const name = `${titleOf({ ...row, table: POOLED })}: minutes`;
      const freely = pooled.find((figure) => figure.name === name);
      return [
        ...figuresOfRow({ ...row, aimDaysPercent: DAYS_ABOVE_ALLOWED_PERCENT }),
        ...(freely === undefined ? [] : [costFigure(row, freely.value)]),
      ];
    });
  });
}

/** What it costs that the limit holds each day, against the same pacer with a limit over 30 days. */
function costFigure(row: Row, pooledMinutes: number): Figure {
  return {
    name: `${titleOf(row)}: cost against pooled`,
    value: pooledMinutes - minutesPerHour(row.days),
    unit: 'min/h',
  };
}

/** How often a campaign that knows nothing abandons more than three of its first fifty answers. */
export function coldStartFigures(plan: Plan, note: Note): Figure[] {
  return plan.coldStart.map((cell) => {
    const scenario = cell.scenarioOf(cell.agents);
    note(`cold start, ${scenario.name}, ${cell.agents}`);
    const rule = {
      windowMs: MONTH_WINDOW_MS,
      limitPercent: LIMIT_PERCENT,
      takesBack: false,
    };
    const { days } = runPredictive({
      scenario,
      rule,
      seed: COLD_START_SEED,
      days: plan.coldStartRuns,
      newEachDay: true,
      untilAnswers: FIRST_ANSWERS,
    });
    const bad = days.filter((day) => day.abandonedOfFirst50 > ABANDONED_ALLOWED);
    return {
      name: `cold start: ${scenario.name}, ${cell.agents} agents, predictive, cold, nothing taken back: more than ${ABANDONED_ALLOWED} abandoned in the first ${FIRST_ANSWERS} answers`,
      value: (100 * bad.length) / days.length,
      unit: `% of ${days.length} runs`,
      aim: 1,
    };
  });
}

type Starts = { cold: DayResult[]; warm: DayResult[] };

function startsOf({ cold, warm }: Starts): ['cold' | 'warm', DayResult[]][] {
  return [
    ['cold', cold],
    ['warm', warm],
  ];
}

function rowOf(
  table: Row['table'],
  { scenarioOf, agents }: Cell,
  start: 'cold' | 'warm',
  rule: PredictiveRule,
  days: DayResult[],
): Row {
  return {
    table,
    scenario: scenarioOf(agents).name,
    agents,
    controller: predictiveLabel(start, rule),
    days,
    limitPercent: rule.limitPercent,
  };
}
