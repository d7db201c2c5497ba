import { exponentialWorld, type ScenarioOf, s2, s3, scenarios } from './scenarios.ts';

export const LIMIT_PERCENT = 3;

/** A scenario at one size, and how much of it is run. */
export interface Cell {
  scenarioOf: ScenarioOf;
  agents: number;
  /** on each of both seeds */
  days: number;
  /** on which the baselines are tuned: more, since they cost little and must not suffer from chance */
  tuningDays: number;
  takingBack: boolean;
  isExponential: boolean;
}

export interface Plan {
  pooled: readonly Cell[];
  /** at 1 % abandoned */
  onePercent: readonly Cell[];
  /** a limit that each day holds; `days` in all */
  daily: readonly Cell[];
  coldStart: readonly Cell[];
  coldStartRuns: number;
}

/** How much of a run: `days` for a team of five. */
export interface PlanOptions {
  days: number;
  isQuick: boolean;
}

const SIZES = [1, 2, 3, 5, 10, 20, 50];
const named: readonly ScenarioOf[] = [s2, s3, exponentialWorld];
/** the limit that each day holds needs days to be seen broken */
const DAILY_FACTOR = 4;
/** the baselines cost little */
const TUNING_FACTOR = 1.2;

/**
 * How much is run. Small teams get more days: their days differ more, cost less, and a limit over 30 days leaves them
 * less room as long as they have few answers.
 * @param options days on each of both seeds; teams of other sizes get more or fewer in proportion
 */
export function planOf(options: PlanOptions): Plan {
  return options.isQuick ? quickPlan(options.days) : fullPlan(options.days);
}

function quickPlan(days: number): Plan {
  return {
    pooled: named.flatMap((of) => cells(of, [2, 5, 10], days, of === s2)),
    onePercent: cells(s2, [5], days),
    daily: cells(s2, [5], 2 * days),
    coldStart: cells(s2, [5], days),
    coldStartRuns: 60,
  };
}

function fullPlan(days: number): Plan {
  const others = Object.values(scenarios).filter((scenarioOf) => !named.includes(scenarioOf));
  return {
    pooled: [
      ...cells(s2, SIZES, days, [2, 5, 10, 20]),
      ...cells(s3, SIZES, days, [2, 5, 10]),
      ...cells(exponentialWorld, SIZES, days),
      ...others.flatMap((of) => cells(of, [2, 5, 10], days / 3)),
    ],
    onePercent: cells(s2, [2, 5, 10, 20], days / 2),
    daily: [
      ...cells(s2, [2, 5, 10, 20], DAILY_FACTOR * days),
      ...cells(s3, [5], DAILY_FACTOR * days),
    ],
    coldStart: [...cells(s2, [2, 5, 10], days), ...cells(s3, [5], days)],
    coldStartRuns: 300,
  };
}

/** @param takingBack sizes for which it is run too: all, none, or these */
function cells(
  scenarioOf: ScenarioOf,
  sizes: readonly number[],
  days: number,
  takingBack: boolean | readonly number[] = false,
): Cell[] {
  return sizes.map((agents) => ({
    scenarioOf,
    agents,
    days: Math.max(1, Math.round(days * weightOf(agents))),
    tuningDays: Math.max(2, Math.round(TUNING_FACTOR * days * weightOf(agents))),
    takingBack: typeof takingBack === 'boolean' ? takingBack : takingBack.includes(agents),
    isExponential: scenarioOf === exponentialWorld,
  }));
}

function weightOf(agents: number): number {
  if (agents <= 3) return 2;
  if (agents <= 5) return 1;
  if (agents <= 10) return 0.6;
  return agents <= 20 ? 0.35 : 0.17;
}
