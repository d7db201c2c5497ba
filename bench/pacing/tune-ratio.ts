import { createFixedRatio, type RatioRule } from './baselines/fixed-ratio.ts';
import { createVicidial, ratioAvailableOnly } from './baselines/vicidial.ts';
import { abandonmentPercent, type DayResult, minutesPerHour } from './day-result.ts';
import type { Scenario } from './scenario.ts';
import { type LinePacer, simulateDays } from './simulate.ts';

const STEP = 0.05;
/** nothing that fixed ratios look at changes between events, so that they need not be asked between */
const FIXED_TICK_MS = 10_000;
const VICIDIAL_LOOP_MS = 2_500;

export interface TuningDays {
  scenario: Scenario;
  seed: number;
  days: number;
  limitPercent: number;
}

export interface TunedRatio extends RatioRule {
  ratio: number;
}

const RULES: readonly RatioRule[] = [
  { tally: 'free', rounding: 'nearest' },
  { tally: 'free', rounding: 'down' },
  { tally: 'present', rounding: 'nearest' },
];

/** The best ratio of the best rule, by minutes on the tuning days, as somebody finds it in hindsight. */
export function tuneFixedRatio(tuning: TuningDays): TunedRatio {
  const candidates = RULES.map((rule) => {
    const found = highestWithin(tuning, (ratio) => runFixedRatio({ ...rule, ratio }, tuning));
    return { ...rule, ...found };
  });
  return candidates.reduce((best, other) => (other.minutes > best.minutes ? other : best));
}

/** The level that a patient administrator finds for VICIdial's RATIO with the available-only tally. */
export function tuneVicidialRatio(tuning: TuningDays): number {
  return highestWithin(tuning, (level) => runVicidialRatio(level, tuning)).ratio;
}

export type Days = Pick<TuningDays, 'scenario' | 'seed' | 'days'>;

export function runFixedRatio({ ratio, ...rule }: TunedRatio, days: Days): DayResult[] {
  return runAsked(FIXED_TICK_MS, days, () => createFixedRatio(ratio, rule));
}

export function runVicidialRatio(level: number, days: Days): DayResult[] {
  return runAsked(VICIDIAL_LOOP_MS, days, () => createVicidial(ratioAvailableOnly(level)));
}

function runAsked(tickMs: number, days: Days, make: () => LinePacer): DayResult[] {
  const pacer = make();
  return simulateDays({ ...days, scenario: { ...days.scenario, tickMs } }, () => pacer);
}

/** Bisects: minutes and abandonment both grow with the ratio. */
function highestWithin(
  { scenario, limitPercent }: TuningDays,
  run: (ratio: number) => DayResult[],
): { ratio: number; minutes: number } {
  const human = scenario.outcomes.find(({ kind }) => kind === 'human');
  let within = Math.round(1 / STEP);
  let above = Math.ceil((2.5 / (human?.share ?? 0.1) + 2) / STEP);
  let minutes = minutesPerHour(run(1));
  while (above - within > 1) {
    const middle = Math.floor((within + above) / 2);
    const days = run(middle * STEP);
    if (abandonmentPercent(days) > limitPercent) {
      above = middle;
    } else {
      within = middle;
      minutes = minutesPerHour(days);
    }
  }
  return { ratio: within * STEP, minutes };
}
