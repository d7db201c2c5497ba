import { createPacer, type Pacer, pacerConfig } from '../../main/dialer/pacing/index.ts';
import type { DayResult } from './day-result.ts';
import type { Scenario } from './scenario.ts';
import { withNotice } from './scenarios.ts';
import { simulateDays } from './simulate.ts';

export const DAY_WINDOW_MS = 86_400_000;
export const MONTH_WINDOW_MS = 30 * DAY_WINDOW_MS;
/** half as often as the baselines: it makes no difference to the minutes, and halves the time that the run takes */
const TICK_MS = 1_000;
const MIN_RING_MS = 15_000;

/** What the product's pacer is told, and what it may do. */
export interface PredictiveRule {
  windowMs: number;
  limitPercent: number;
  /** calls that have rung 15 s may be taken back, and desktops say when a wrap-up ends */
  takesBack: boolean;
}

export function createPredictive(
  { maxConcurrentCalls, ringTimeoutMs }: Scenario,
  rule: PredictiveRule,
  learned?: unknown,
): Pacer {
  return createPacer(
    pacerConfig.parse({
      mode: 'predictive',
      abandonmentLimitPercent: rule.limitPercent,
      abandonmentWindowMs: rule.windowMs,
      maxConcurrentCalls,
      ringTimeoutMs,
      ...(rule.takesBack ? { minRingMs: MIN_RING_MS } : {}),
      ...(learned === undefined ? {} : { learned }),
    }),
  );
}

export interface PredictiveRun {
  scenario: Scenario;
  rule: PredictiveRule;
  seed: number;
  days: number;
  /** of an earlier run; absent: it knows nothing */
  learned?: unknown;
  /** a new pacer each day; else one goes on through all days */
  newEachDay?: boolean;
  untilAnswers?: number;
}

/** @returns the days, and what the last pacer has learnt */
export function runPredictive(run: PredictiveRun): { days: DayResult[]; learned: unknown } {
  const { rule, seed, days, untilAnswers } = run;
  const told = rule.takesBack ? withNotice(run.scenario) : run.scenario;
  const tickMs = told.wire?.asksAfterEvents === false ? told.tickMs : TICK_MS;
  const scenario = { ...told, tickMs };
  let pacer = createPredictive(scenario, rule, run.learned);
  const results = simulateDays(
    {
      scenario,
      seed,
      days,
      ...(rule.takesBack ? { minRingMs: MIN_RING_MS } : {}),
      ...(untilAnswers === undefined ? {} : { untilAnswers }),
    },
    (day) => {
      if (run.newEachDay && day > 0) pacer = createPredictive(scenario, rule, run.learned);
      return pacer;
    },
  );
  return { days: results, learned: pacer.learned() };
}

export interface ColdAndWarm {
  cold: DayResult[];
  warm: DayResult[];
}

/**
 * Runs cold on two seeds, and warm on each with what was learnt on the other: both cover the same days.
 * @param days on each seed
 */
export function runColdAndWarm(
  run: Omit<PredictiveRun, 'seed' | 'learned'>,
  seeds: readonly [number, number],
): ColdAndWarm {
  const [one, other] = seeds.map((seed) => runPredictive({ ...run, seed }));
  const [first, second] = seeds;
  const warmOne = runPredictive({ ...run, seed: first, learned: other?.learned });
  const warmOther = runPredictive({ ...run, seed: second, learned: one?.learned });
  return {
    cold: [...(one?.days ?? []), ...(other?.days ?? [])],
    warm: [...warmOne.days, ...warmOther.days],
  };
}
