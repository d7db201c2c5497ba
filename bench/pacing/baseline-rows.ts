import { modelOf } from './baselines/exponential-chain.ts';
import { solveExponentialWorld } from './baselines/exponential-optimum.ts';
import { createOptimumPacer } from './baselines/optimum-pacer.ts';
import { createProgressive } from './baselines/progressive.ts';
import { createVicidial, hardLimit, tapered } from './baselines/vicidial.ts';
import { type DayResult, minutesPerHour } from './day-result.ts';
import { POOLED, type Row } from './row.ts';
import type { Scenario } from './scenario.ts';
import { type LinePacer, simulateDays } from './simulate.ts';
import {
  runFixedRatio,
  runVicidialRatio,
  tuneFixedRatio,
  tuneVicidialRatio,
} from './tune-ratio.ts';

const TUNING_SEED = 101;
const LIMIT_PERCENT = 3;
/** counts change at events alone, so that they need not be asked between */
const EVENTS_ONLY_TICK_MS = 10_000;

export interface BaselinePlan {
  scenario: Scenario;
  seeds: readonly number[];
  /** on each seed */
  days: number;
  tuningDays: number;
}

export interface BaselineRows {
  rows: Row[];
  /** of the best fixed ratio */
  minutes: number;
}

/** Everything that the product's pacer is compared with, on the same days; tuned on others. */
export function baselineRows(plan: BaselinePlan, note: (text: string) => void): BaselineRows {
  const { scenario } = plan;
  const tuning = {
    scenario,
    seed: TUNING_SEED,
    days: plan.tuningDays,
    limitPercent: LIMIT_PERCENT,
  };
  const fixed = tuneFixedRatio(tuning);
  const level = tuneVicidialRatio(tuning);
  note(
    `${scenario.name}, ${scenario.agents}: best fixed ratio ${fixed.ratio.toFixed(2)} for agents ${fixed.tally} (rounded ${fixed.rounding}), VICIdial's ${level.toFixed(2)}`,
  );
  const best = onSeeds(plan, (seed) => runFixedRatio(fixed, { ...plan, seed }));
  const row = (controller: string, days: DayResult[]): Row => ({
    table: POOLED,
    scenario: scenario.name,
    agents: scenario.agents,
    controller,
    days,
  });
  return {
    rows: [
      row('progressive', goOn(plan, EVENTS_ONLY_TICK_MS, createProgressive)),
      row('best fixed ratio in hindsight', best),
      row(
        'VICIdial HARD_LIMIT, all agents',
        goOn(plan, undefined, () => createVicidial(hardLimit)),
      ),
      row(
        'VICIdial TAPERED, available only',
        goOn(plan, undefined, () => createVicidial(tapered)),
      ),
      row(
        'VICIdial RATIO, available only, tuned',
        onSeeds(plan, (seed) => runVicidialRatio(level, { ...plan, seed })),
      ),
    ],
    minutes: minutesPerHour(best),
  };
}

/** The exact optimum of the exponential world: solved, and played on the same days. */
export function optimumRow(plan: BaselinePlan): { row: Row; solvedMinutes: number } {
  const { agents } = plan.scenario;
  const optimum = solveExponentialWorld(modelOf(agents, 0.25, 15, 120, 2), LIMIT_PERCENT / 100);
  const days = goOn(plan, EVENTS_ONLY_TICK_MS, () => createOptimumPacer(optimum));
  return {
    row: {
      table: POOLED,
      scenario: plan.scenario.name,
      agents,
      controller: 'exact optimum, played',
      days,
    },
    solvedMinutes: optimum.minutesPerHour,
  };
}

function goOn(plan: BaselinePlan, tickMs: number | undefined, make: () => LinePacer): DayResult[] {
  const scenario = tickMs === undefined ? plan.scenario : { ...plan.scenario, tickMs };
  return onSeeds(plan, (seed) => {
    const pacer = make();
    return simulateDays({ scenario, seed, days: plan.days }, () => pacer);
  });
}

function onSeeds({ seeds }: BaselinePlan, run: (seed: number) => DayResult[]): DayResult[] {
  return seeds.flatMap(run);
}
