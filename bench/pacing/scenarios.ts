import { constant, exponential, logNormal } from './distribution.ts';
import type { CallOutcome, Scenario } from './scenario.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** A scenario for any size of team. */
export type ScenarioOf = (agents: number) => Scenario;

/** Outcomes of S2 at this answer rate: the others keep their proportions. */
function outcomesAt(humanShare: number): readonly CallOutcome[] {
  const rest = (1 - humanShare) / 0.75;
  return [
    { kind: 'human', share: humanShare, after: logNormal(12_000, 0.5) },
    { kind: 'machine', share: 0.15 * rest, after: constant(18_000) },
    { kind: 'failed', share: 0.1 * rest, after: constant(2_000) },
    { kind: 'unanswered', share: 0.5 * rest, after: constant(25_000) },
  ];
}

function base(name: string, agents: number): Scenario {
  return {
    name,
    agents,
    dayMs: 8 * HOUR_MS,
    // what rings out does so at 25 s; whoever answers in these worlds is not cut off by it
    ringTimeoutMs: 60_000,
    // lines are not what holds these worlds back
    maxConcurrentCalls: Math.max(60, 12 * agents),
    tickMs: 500,
    outcomes: outcomesAt(0.25),
    talk: logNormal(90_000, 1),
    wrapUp: logNormal(30_000, 0.5),
    hold: constant(2_000),
    notice: { kind: 'none' },
  };
}

/** 25 % answered by a person. */
export const s2: ScenarioOf = (agents) => base('S2', agents);

/** 12 % answered by a person. */
export const s3: ScenarioOf = (agents) => ({ ...base('S3', agents), outcomes: outcomesAt(0.12) });

/** Every time exponential, so that the exact optimum is known: 25 %, 15 s, 120 s of handling, a hold of 2 s. */
export const exponentialWorld: ScenarioOf = (agents) => ({
  ...base('exponential', agents),
  ringTimeoutMs: 600_000,
  outcomes: [
    { kind: 'human', share: 0.25, after: exponential(15_000) },
    { kind: 'unanswered', share: 0.75, after: exponential(15_000) },
  ],
  talk: exponential(120_000),
  wrapUp: constant(0),
  hold: exponential(2_000),
});

/** S2 at another answer rate, 0 to 1. */
export const answersAt =
  (share: number): ScenarioOf =>
  (agents) => ({ ...base(`answers ${100 * share} %`, agents), outcomes: outcomesAt(share) });

/** A list that hardly ever answers. */
export const answers2: ScenarioOf = (agents) => ({
  ...answersAt(0.025)(agents),
  maxConcurrentCalls: Math.max(60, 25 * agents),
});

export const answers8: ScenarioOf = answersAt(0.08);

/** Morning 15 %, noon 8 %, evening 30 %. */
export const drift: ScenarioOf = (agents) => ({
  ...base('answers drift over the day', agents),
  answerRate: {
    change: 'drift',
    points: [
      { atMs: 0, share: 0.15 },
      { atMs: 3 * HOUR_MS, share: 0.08 },
      { atMs: 8 * HOUR_MS, share: 0.3 },
    ],
  },
});

/** From 12 to 24 % within five minutes, and back, every two hours. */
export const step: ScenarioOf = (agents) => ({
  ...base('answers double in five minutes', agents),
  answerRate: {
    change: 'drift',
    points: [0, 1, 2, 3].flatMap((turn) => {
      const from = turn * 2 * HOUR_MS;
      return [
        { atMs: from, share: 0.12 },
        { atMs: from + HOUR_MS, share: 0.12 },
        { atMs: from + HOUR_MS + 5 * MINUTE_MS, share: 0.24 },
        { atMs: from + 2 * HOUR_MS - 5 * MINUTE_MS, share: 0.24 },
      ];
    }),
  },
});

export const shortTalks: ScenarioOf = (agents) => ({
  ...base('short talks', agents),
  talk: logNormal(35_000, 1),
  wrapUp: logNormal(12_000, 0.5),
});

export const longTalks: ScenarioOf = (agents) => ({
  ...base('long talks, heavy tail', agents),
  talk: logNormal(240_000, 1.5),
  wrapUp: logNormal(60_000, 0.7),
});

/** Wrong numbers and machines that are taken for people are over in seconds, a talk about a debt is not. */
export const mixedTalks: ScenarioOf = (agents) => ({
  ...base('short and long talks mixed', agents),
  talk: {
    kind: 'mixture',
    parts: [
      { weight: 0.55, of: logNormal(12_000, 0.4) },
      { weight: 0.45, of: logNormal(210_000, 0.6) },
    ],
  },
});

export const breaks: ScenarioOf = (agents) => ({
  ...base('breaks', agents),
  absences: [
    { share: 1, fromMs: 30 * MINUTE_MS, lengthMs: 10 * MINUTE_MS, everyMs: 90 * MINUTE_MS },
  ],
});

export const lunch: ScenarioOf = (agents) => ({
  ...base('half the team at lunch, others start late', agents),
  absences: [
    { share: 0.5, fromMs: 4 * HOUR_MS, lengthMs: 45 * MINUTE_MS },
    { share: 0.25, fromMs: 0, lengthMs: 40 * MINUTE_MS },
  ],
});

/** Set-up before ringing, 0.5 to 2 s until a person is known as such, people found to be machines, busy lines. */
export const realTrunk: ScenarioOf = (agents) => ({
  ...base('set-up and detection delay', agents),
  ringTimeoutMs: 25_000,
  outcomes: [
    { kind: 'human', share: 0.2, after: logNormal(11_000, 0.6) },
    { kind: 'machine', share: 0.2, after: logNormal(16_000, 0.3) },
    { kind: 'busy', share: 0.08, after: constant(1_500) },
    { kind: 'failed', share: 0.1, after: exponential(2_000) },
    { kind: 'unanswered', share: 0.42, after: constant(25_000) },
  ],
  setup: { kind: 'uniform', fromMs: 800, toMs: 4_000 },
  detection: { kind: 'uniform', fromMs: 500, toMs: 2_000 },
  missedMachines: { share: 0.05, afterMs: 6_000 },
});

/** Agents take calls besides that the pacer learns of only as `talking`. */
export const otherCalls: ScenarioOf = (agents) => ({
  ...base('inbound calls besides', agents),
  otherCalls: { after: exponential(120_000), length: logNormal(150_000, 0.8) },
});

/** All on few lines. */
export const fewLines: ScenarioOf = (agents) => ({
  ...base('two lines an agent', agents),
  maxConcurrentCalls: 2 * agents,
  outcomes: outcomesAt(0.12),
});

/** S2 told by another switch: dials show late, ringing is not told, the agent's line first, asked twice a second. */
export const otherWire: ScenarioOf = (agents) => ({
  ...base('S2 told by another switch', agents),
  wire: { dialingAfterMs: 300, tellsRinging: false, agentFirst: true, asksAfterEvents: false },
});

export const scenarios: Readonly<Record<string, ScenarioOf>> = {
  S2: s2,
  S3: s3,
  exponential: exponentialWorld,
  answers2,
  answers8,
  drift,
  step,
  shortTalks,
  longTalks,
  mixedTalks,
  breaks,
  lunch,
  realTrunk,
  otherCalls,
  fewLines,
  otherWire,
};

/** The desktop says at the start of a wrap-up when it will end. */
export function withNotice(scenario: Scenario): Scenario {
  return { ...scenario, notice: { kind: 'exact' } };
}
