import {
  createPacer,
  type PacerAnswer,
  type PacerLine,
  pacerConfig,
} from '../../main/dialer/pacing/index.ts';
import { type Figure, percentile } from '../bench.ts';
import { simulateDay } from '../pacing/day.ts';
import { answersAt } from '../pacing/scenarios.ts';
import type { DialerPart } from './part.ts';

const AGENTS = 50;
const CALLS = 200;
/** of the first answers the pacer is still learning and dials few */
const WARM_UP_ANSWERS = 400;
const DECISIONS = 20_000;
const RUNS = 5;
const MIN_RING_MS = 15_000;

/**
 * One call in twenty is answered by a person, so that the team keeps nearly all lines busy. Time from handing over a
 * `decide` until the answer is there, in this process; the simulated floor's own time is not in it. The same lines give
 * the same decisions, so that each is timed in several runs: the least of them is what a decision takes, the rest is
 * what else the machine did meanwhile.
 */
export const decisionTime: DialerPart = {
  name: 'decision-time',
  async figures() {
    const runs = Array.from({ length: RUNS }, measure);
    const all = runs.flatMap(({ decisionsMs }) => decisionsMs);
    const least = leastOf(runs.map(({ decisionsMs }) => decisionsMs));
    const label = `${AGENTS} agents, at most ${CALLS} calls`;
    const lines = runs.flatMap(({ lineMs }) => lineMs);
    return [
      { name: `decision p50, ${label}`, value: percentile(all, 0.5), unit: 'ms' },
      { name: `decision p99, ${label}`, value: percentile(all, 0.99), unit: 'ms', aim: 1 },
      {
        name: `decision p99, each the least of ${RUNS} runs, ${label}`,
        value: percentile(least, 0.99),
        unit: 'ms',
        aim: 1,
      },
      {
        name: `decision, the slowest, each the least of ${RUNS} runs, ${label}`,
        value: percentile(least, 1),
        unit: 'ms',
      },
      {
        name: `a line that asks nothing p99, ${label}`,
        value: percentile(lines, 0.99),
        unit: 'ms',
      },
      { name: 'calls at once in that run', value: runs[0]?.mostCalls ?? 0, unit: 'calls' },
    ] satisfies Figure[];
  },
};

interface Measured {
  decisionsMs: number[];
  lineMs: number[];
  mostCalls: number;
}

function leastOf(runs: readonly number[][]): number[] {
  const [first = []] = runs;
  return first.map((_ms, index) => Math.min(...runs.map((run) => run[index] ?? Number.NaN)));
}

function measure(): Measured {
  const scenario = { ...answersAt(0.05)(AGENTS), maxConcurrentCalls: CALLS };
  const { maxConcurrentCalls, ringTimeoutMs } = scenario;
  const pacer = createPacer(
    pacerConfig.parse({
      mode: 'predictive',
      maxConcurrentCalls,
      ringTimeoutMs,
      minRingMs: MIN_RING_MS,
    }),
  );
  const measured: Measured = { decisionsMs: [], lineMs: [], mostCalls: 0 };
  const steps = simulateDay({ scenario, seed: 5, day: 0, minRingMs: MIN_RING_MS });
  const calls = new Set<string>();
  let answers = 0;
  let answer: PacerAnswer | null = null;
  while (measured.decisionsMs.length < DECISIONS) {
    const step = steps.next(answer);
    if (step.done) break;
    for (const line of step.value) {
      const startedMs = performance.now();
      answer = pacer.feed(line);
      const tookMs = performance.now() - startedMs;
      answers += isAnswer(line) ? 1 : 0;
      count(calls, line);
      measured.mostCalls = Math.max(measured.mostCalls, calls.size);
      if (answers < WARM_UP_ANSWERS) continue;
      (line.type === 'decide' ? measured.decisionsMs : measured.lineMs).push(tookMs);
    }
  }
  return measured;
}

const isAnswer = (line: PacerLine) => line.type === 'call' && line.state === 'humanAnswered';

function count(calls: Set<string>, line: PacerLine): void {
  if (line.type !== 'call') return;
  if (line.state === 'dialing') calls.add(line.id);
  else if (line.state === 'ended') calls.delete(line.id);
}
