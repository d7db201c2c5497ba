import { createPacer, type PacerConfigInput } from '../../main/dialer/pacing/index.ts';
import { abandonmentPercent, type DayResult, minutesPerHour } from '../pacing/day-result.ts';
import type { Scenario } from '../pacing/scenario.ts';
import { simulateDays } from '../pacing/simulate.ts';

export interface Spread {
  mean: number;
  /** standard deviation of a single run */
  deviation: number;
}

/** What runs of this length come to in the simulator, each with a pacer that begins as the real one did. */
export interface Simulated {
  minutesPerHour: Spread;
  abandonmentPercent: Spread;
  dials: Spread;
  answered: Spread;
}

export function simulate(scenario: Scenario, configJson: string, runs: number): Simulated {
  const days = simulateDays({ scenario, seed: 3, days: runs }, () =>
    createPacer(JSON.parse(configJson) as PacerConfigInput),
  );
  const over = (figure: (day: DayResult) => number) => spread(days.map(figure));
  return {
    minutesPerHour: over((day) => minutesPerHour([day])),
    abandonmentPercent: over((day) => abandonmentPercent([day])),
    dials: over(({ dials }) => dials),
    answered: over(({ answered }) => answered),
  };
}

export function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
