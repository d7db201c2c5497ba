import type { Figure } from '../bench.ts';
import { barOf } from './bars.ts';
import { baselineRows, optimumRow } from './baseline-rows.ts';
import { type DayResult, minutesPerHour } from './day-result.ts';
import { type Cell, LIMIT_PERCENT, type Plan } from './plan.ts';
import {
  DAY_WINDOW_MS,
  MONTH_WINDOW_MS,
  type PredictiveRule,
  runColdAndWarm,
  runPredictive,
} from './predictive.ts';
import { figuresOfRow, predictiveLabel, type Row } from './row.ts';

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
  return [...rows.flatMap(figuresOfRow), ...figures];
}

function solvedFigure({ table, scenario, agents }: Row, value: number): Figure {
  const name = `${table}: ${scenario}, ${agents} agents, exact optimum, solved: minutes`;
  return { name, value, unit: 'min/h' };
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
    ...rowOf('a, pooled', cell, start, rule, days),
    ...(baselineMinutes === undefined ? {} : { baselineMinutes }),
    ...(aimMinutes === undefined ? {} : { aimMinutes }),
  }));
}

/** Table b: each day is a campaign of its own with a limit over 24 h, which is to hold on every one of them. */
export function dailyFigures(plan: Plan, note: Note): Figure[] {
  return plan.daily.flatMap((cell) => {
    const scenario = cell.scenarioOf(cell.agents);
    note(`each day, ${scenario.name}, ${cell.agents}`);
    const { days } = cell;
    const daily = { windowMs: DAY_WINDOW_MS, limitPercent: LIMIT_PERCENT, takesBack: false };
    const pooled = { ...daily, windowMs: MONTH_WINDOW_MS };
    const runs = runColdAndWarm({ scenario, rule: daily, days, newEachDay: true }, DAILY_SEEDS);
    const freely = runColdAndWarm({ scenario, rule: pooled, days: Math.ceil(days / 3) }, SEEDS);
    const baselines = new Map(startsOf(freely));
    return startsOf(runs).flatMap(([start, results]) => {
      const baselineMinutes = minutesPerHour(baselines.get(start) ?? []);
      const row: Row = {
        ...rowOf('b, each day', cell, start, daily, results),
        baselineMinutes,
        aimDaysPercent: DAYS_ABOVE_ALLOWED_PERCENT,
      };
      return [...figuresOfRow(row), costFigure(row, baselineMinutes)];
    });
  });
}

/** What it costs that the limit holds each day, against the same pacer with a limit over 30 days. */
function costFigure(row: Row, pooledMinutes: number): Figure {
  const name = `${row.table}: ${row.scenario}, ${row.agents} agents, ${row.controller}: cost against pooled`;
  return { name, value: pooledMinutes - minutesPerHour(row.days), unit: 'min/h' };
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
  table: string,
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
