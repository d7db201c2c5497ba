import type { PacerAnswer, PacerLine } from '../../main/dialer/pacing/index.ts';
import { type DayOptions, simulateDay } from './day.ts';
import type { DayResult } from './day-result.ts';
import type { Scenario } from './scenario.ts';

/** Whatever is asked by the lines of the pacer's format: the product's pacer, a baseline. */
export interface LinePacer {
  feed(line: PacerLine): PacerAnswer | null;
}

export interface RunOptions {
  scenario: Scenario;
  seed: number;
  days: number;
  /** the first day's number; 0 by default */
  firstDay?: number;
  /** what may be taken back; absent: nothing */
  minRingMs?: number;
  /** each day ends once so many who answered were connected or abandoned */
  untilAnswers?: number;
}

/**
 * Runs days that follow each other.
 * @param pacerOfDay called before each day: the same pacer goes on, or a new one starts
 */
export function simulateDays(
  { days, firstDay = 0, ...options }: RunOptions,
  pacerOfDay: (day: number) => LinePacer,
): DayResult[] {
  return Array.from({ length: days }, (_, index) => {
    const day = firstDay + index;
    return driveDay({ ...options, day }, pacerOfDay(day));
  });
}

/**
 * Drives a pacer in this process through one day.
 * @param seen each answer
 */
export function driveDay(
  options: DayOptions,
  pacer: LinePacer,
  seen: (answer: PacerAnswer) => void = () => undefined,
): DayResult {
  const steps = simulateDay(options);
  let step = steps.next(null);
  while (!step.done) {
    const answer = feedAll(pacer, step.value);
    if (answer !== null) seen(answer);
    step = steps.next(answer);
  }
  return step.value;
}

function feedAll(pacer: LinePacer, lines: readonly PacerLine[]): PacerAnswer | null {
  let answer: PacerAnswer | null = null;
  for (const line of lines) answer = pacer.feed(line);
  return answer;
}
