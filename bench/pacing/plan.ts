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

const SIZES = [1, 2, 3, 5, 10, 20, 50];
const OTHER_SIZES = [2, 5, 10];
const TUNING_DAYS = 8;
const named: readonly ScenarioOf[] = [s2, s3, exponentialWorld];

/**
 * How much is run. Small teams get more days: their days differ more, and cost less.
 * @param days for teams of five on each of both seeds; others get more or fewer in proportion
 */
export function planOf(days: number, isQuick: boolean): Plan {
  const sizes = isQuick ? [2, 5, 10] : SIZES;
  const others = Object.values(scenarios).filter((scenarioOf) => !named.includes(scenarioOf));
  return {
    pooled: [
      ...[s2, s3].flatMap((of) => sizes.map((agents) => cell(of, agents, days, true))),
      ...sizes.map((agents) => cell(exponentialWorld, agents, days, false)),
      ...(isQuick ? [] : others).flatMap((of) =>
        OTHER_SIZES.map((agents) => cell(of, agents, days / 2, false)),
      ),
    ],
    onePercent: (isQuick ? [5] : [2, 5, 10, 20]).map((agents) => cell(s2, agents, days, false)),
    daily: (isQuick ? [5] : [2, 5, 10, 20]).flatMap((agents) =>
      (isQuick ? [s2] : [s2, s3]).map((of) => cell(of, agents, days * (isQuick ? 3 : 5), false)),
    ),
    coldStart: (isQuick ? [5] : [2, 5, 10]).flatMap((agents) =>
      (isQuick ? [s2] : [s2, s3]).map((of) => cell(of, agents, days, false)),
    ),
    coldStartRuns: isQuick ? 100 : 300,
  };
}

function cell(scenarioOf: ScenarioOf, agents: number, days: number, takingBack: boolean): Cell {
  return {
    scenarioOf,
    agents,
    days: Math.max(1, Math.round(days * weightOf(agents))),
    tuningDays: Math.max(2, Math.round(TUNING_DAYS * weightOf(agents))),
    takingBack,
    isExponential: scenarioOf === exponentialWorld,
  };
}

function weightOf(agents: number): number {
  if (agents <= 3) return 1.25;
  if (agents <= 5) return 1;
  if (agents <= 10) return 0.8;
  return agents <= 20 ? 0.5 : 0.25;
}
