import { constant, type Distribution, logNormal } from '../pacing/distribution.ts';
import type { Scenario } from '../pacing/scenario.ts';

export interface WorldSize {
  agents: number;
  lines: number;
  minutes: number;
  /** every time of debtors and agents is divided by this; the clock runs as ever */
  compress: number;
}

/** What it takes the product to do what the simulator does in no time, ms. */
export interface OwnDelays {
  /** from the decision to the call that is seen dialing */
  decidedToDialing: number;
  /** from there until it rings */
  dialingToRinging: number;
}

const DAY_MS = { ring: 25_000, timeout: 60_000, answer: 12_000, busy: 2_000 };
const TALK_MS = 90_000;
const WRAP_UP_MS = 30_000;
/** a setting of the campaign, and a limit of the law: it stays as it is, however short the talks are */
const ANSWER_TO_AGENT_MAX_MS = 2_000;
const DECIDES_EVERY_MS = 500;

/** Debtors who answer differ by their tone, so that it can be heard who talks to whom. */
export const debtorTonesHz: readonly number[] = Array.from(
  { length: 10 },
  (_, k) => 1_600 + 80 * k,
);
const DEBTOR = /^person-(\d+)$/;
/** @returns null: a behaviour that does not answer */
export const debtorHz = (behaviour: string): number | null =>
  Number(DEBTOR.exec(behaviour)?.[1] ?? 0) || null;
export const agentToneHz = (index: number): number => 400 + 40 * index;

/** One world, as the simulator takes it. */
export function scenarioOf(size: WorldSize, own?: OwnDelays): Scenario {
  const { agents, lines, minutes, compress } = size;
  return {
    name: 'whole system',
    agents,
    dayMs: minutes * 60_000,
    ringTimeoutMs: ringTimeoutMs(compress),
    maxConcurrentCalls: lines,
    tickMs: DECIDES_EVERY_MS,
    outcomes: [
      { kind: 'human', share: 0.25, after: logNormal(DAY_MS.answer / compress, 0.5) },
      { kind: 'busy', share: 0.1, after: constant(DAY_MS.busy / compress) },
      { kind: 'unanswered', share: 0.65, after: constant(DAY_MS.ring / compress) },
    ],
    talk: logNormal(TALK_MS / compress, 1),
    wrapUp: logNormal(WRAP_UP_MS / compress, 0.5),
    hold: constant(ANSWER_TO_AGENT_MAX_MS),
    notice: { kind: 'none' },
    ...(own === undefined
      ? {}
      : {
          setup: constant(own.dialingToRinging),
          wire: { dialingAfterMs: Math.round(own.decidedToDialing) },
        }),
  };
}

/** The same world, as the practice carrier takes it. */
export function carrierScenarioOf(scenario: Scenario, seed: number): Record<string, unknown> {
  const outcomes = scenario.outcomes.flatMap<Record<string, unknown>>(({ kind, share, after }) => {
    const afterMs = carrierLength(after, scenario.ringTimeoutMs);
    if (kind === 'human')
      return debtorTonesHz.map((hz) => ({
        weight: (1_000 * share) / debtorTonesHz.length,
        behaviour: `person-${hz}`,
      }));
    const ends = kind === 'busy' ? { kind: 'busy' } : { kind: 'ringOut', ringAfterMs: 0 };
    return [{ weight: 1_000 * share, behaviour: { ...ends, afterMs } }];
  });
  const numbers = [{ match: { prefix: '+48' }, outcomes }];
  return { name: scenario.name, seed, behaviours: personsOf(scenario), numbers };
}

function personsOf({ outcomes, ringTimeoutMs }: Scenario): Record<string, unknown> {
  const after = outcomes.find(({ kind }) => kind === 'human')?.after ?? constant(0);
  const afterMs = carrierLength(after, ringTimeoutMs);
  return Object.fromEntries(
    debtorTonesHz.map((hz) => [`person-${hz}`, { kind: 'tone', hz, afterMs, ringAfterMs: 0 }]),
  );
}

/** What the campaign is set to, beside what a new one has. */
export function settingsOf({ lines, compress }: WorldSize, recordCalls: boolean) {
  return {
    mode: 'predictive' as const,
    recordCalls,
    ringTimeoutMs: ringTimeoutMs(compress),
    maxConcurrentCalls: lines,
    answerToAgentMaxMs: ANSWER_TO_AGENT_MAX_MS,
  };
}

/** Debtors enough that none is called twice while others were not called at all: a third more than are dialed. */
export function debtorsFor({ agents, minutes, compress }: WorldSize): number {
  const talksPerAgentMinute = 60_000 / ((TALK_MS + WRAP_UP_MS) / compress);
  return Math.ceil((1.33 * agents * minutes * talksPerAgentMinute) / 0.25) + 200;
}

const ringTimeoutMs = (compress: number): number => Math.round(DAY_MS.timeout / compress);

function carrierLength(length: Distribution, maxMs: number): unknown {
  if (length.kind === 'constant') return length.ms;
  if (length.kind !== 'logNormal') throw new Error(`the carrier draws no ${length.kind}`);
  const sigma = Math.sqrt(Math.log(1 + length.variation ** 2));
  // an answer after the ring time-out is none: the call is over
  return { medianMs: length.meanMs * Math.exp(-(sigma ** 2) / 2), sigma, maxMs: maxMs + 1_000 };
}
