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

/**
 * One call in twenty is answered by a person, so that the team keeps nearly all lines busy.
 * Time from handing over a `decide` until the answer is there, in this process, with 50 agents and up to 200 calls at
 * once. The simulated floor's own time is not in it.
 */
export const decisionTime: DialerPart = {
  name: 'decision-time',
  async figures() {
    const { decisionsMs, lineMs, mostCalls } = measure();
    const label = `${AGENTS} agents, at most ${CALLS} calls`;
    return [
      { name: `decision p50, ${label}`, value: percentile(decisionsMs, 0.5), unit: 'ms' },
      { name: `decision p99, ${label}`, value: percentile(decisionsMs, 0.99), unit: 'ms', aim: 1 },
      { name: `decision, the slowest, ${label}`, value: percentile(decisionsMs, 1), unit: 'ms' },
      {
        name: `a line that asks nothing p99, ${label}`,
        value: percentile(lineMs, 0.99),
        unit: 'ms',
      },
      { name: 'calls at once in that run', value: mostCalls, unit: 'calls' },
    ] satisfies Figure[];
  },
};

interface Measured {
  decisionsMs: number[];
  lineMs: number[];
  mostCalls: number;
}

function measure(): Measured {
  const scenario = { ...answersAt(0.05)(AGENTS), maxConcurrentCalls: CALLS };
  const { maxConcurrentCalls, ringTimeoutMs } = scenario;
  const pacer = createPacer(
    pacerConfig.parse({
      mode: 'predictive',
      maxConcurrentCalls,
      ringTimeoutMs,
      minRingMs: 15_000,
    }),
  );
  const measured: Measured = { decisionsMs: [], lineMs: [], mostCalls: 0 };
  const steps = simulateDay({ scenario, seed: 5, day: 0, minRingMs: 15_000 });
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
      if (answers >= WARM_UP_ANSWERS) {
        (line.type === 'decide' ? measured.decisionsMs : measured.lineMs).push(tookMs);
      }
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
