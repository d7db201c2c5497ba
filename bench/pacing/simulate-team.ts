import { createPacer, type PacerConfigInput } from '../../main/dialer/pacing/index.ts';
import { abandonmentPercent, type DayResult, minutesPerHour, standardError } from './day-result.ts';
import type { Scenario } from './scenario.ts';
import { simulateDays } from './simulate.ts';

export interface TeamQuestion {
  scenario: Scenario;
  /** as for `dialdesk pacer`; lines and ring time-out come from the scenario */
  config: Omit<PacerConfigInput, 'maxConcurrentCalls' | 'ringTimeoutMs'>;
  days: number;
  seed: number;
  /** one pacer goes on through all days, as a campaign does; by default each day starts anew */
  goesOn?: boolean;
}

/** What the product's pacer comes to, to be compared with what was measured elsewhere. Errors are standard errors. */
export interface TeamAnswer {
  minutesPerHour: number;
  /** of the mean over the days; of one day it is √days times as much */
  minutesError: number;
  abandonmentPercent: number;
  abandonmentError: number;
  /** answers a day */
  answered: number;
  dials: number;
  days: readonly DayResult[];
}

/** Simulates a team as the live dialer would pace it. */
export function simulateTeam({ scenario, config, days, seed, goesOn }: TeamQuestion): TeamAnswer {
  const { maxConcurrentCalls, ringTimeoutMs } = scenario;
  const make = () => createPacer({ ...config, maxConcurrentCalls, ringTimeoutMs });
  let pacer = make();
  const minRing = config.minRingMs === undefined ? {} : { minRingMs: config.minRingMs };
  const results = simulateDays({ scenario, seed, days, ...minRing }, (day) => {
    if (day > 0 && goesOn !== true) pacer = make();
    return pacer;
  });
  return {
    minutesPerHour: minutesPerHour(results),
    minutesError: standardError(results.map((day) => minutesPerHour([day]))),
    abandonmentPercent: abandonmentPercent(results),
    abandonmentError: standardError(results.map((day) => abandonmentPercent([day]))),
    answered: mean(results, 'answered'),
    dials: mean(results, 'dials'),
    days: results,
  };
}

function mean(days: readonly DayResult[], key: 'answered' | 'dials'): number {
  return days.reduce((sum, day) => sum + day[key], 0) / Math.max(1, days.length);
}
