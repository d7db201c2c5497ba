import { createPacer } from '../../main/dialer/pacing/index.ts';
import type { Figure } from '../bench.ts';
import { driveDayByCommand } from './drive-command.ts';
import type { Scenario } from './scenario.ts';
import { s2, withNotice } from './scenarios.ts';
import { driveDay } from './simulate.ts';

const MIN_RING_MS = 15_000;

/**
 * Whether the pacer in this process and `dialdesk pacer` give the same answers, letter by letter, with what may be
 * taken back and desktops' notices.
 * @returns answers of the shorter part of a day, and how many of them differ
 */
export async function compareWithCommand(
  dayMs: number,
): Promise<{ answers: number; different: number }> {
  const scenario: Scenario = { ...withNotice(s2(5)), dayMs };
  const { maxConcurrentCalls, ringTimeoutMs } = scenario;
  const config = {
    mode: 'predictive',
    maxConcurrentCalls,
    ringTimeoutMs,
    minRingMs: MIN_RING_MS,
  } as const;
  const options = { scenario, seed: 71, day: 0, minRingMs: MIN_RING_MS };
  const here: string[] = [];
  driveDay(options, createPacer(config), (answer) => here.push(JSON.stringify(answer)));
  const there: string[] = [];
  await driveDayByCommand(options, config, (answer) => there.push(answer));
  const answers = Math.max(here.length, there.length);
  const different = Array.from({ length: answers }).filter(
    (_, index) => here[index] !== there[index],
  );
  return { answers, different: different.length };
}

export async function sameAnswersFigure(): Promise<Figure> {
  const { answers, different } = await compareWithCommand(2 * 3_600_000);
  const name = 'same answers: dialdesk pacer and the pacer in this process: answers that differ';
  return { name, value: different, unit: `of ${answers}`, aim: 0 };
}
