import { draw } from './distribution.ts';
import { keyedStream, type Uniform } from './random.ts';
import type { AnswerRateCourse, CallOutcome, Scenario } from './scenario.ts';

const CALL = 1;
const TALK = 2;
const OTHER_CALL = 3;

/** What a call will do. The same for the n-th call of a day whoever dials it, as far as the hour lets it. */
export interface CallPlan {
  kind: CallOutcome['kind'];
  setupMs: number;
  /** of ringing, or of setup for those that never ring; not cut by the ring time-out */
  afterMs: number;
  detectionMs: number;
  holdMs: number;
  missedMachine: boolean;
}

export interface TalkPlan {
  talkMs: number;
  wrapUpMs: number;
  /** what the agent's first guess of the wrap-up is multiplied with, and the second */
  guesses: readonly [number, number];
}

/** Draws of one day, each from a stream of its own. */
export class DayDraws {
  readonly #scenario: Scenario;
  readonly #seed: number;
  readonly #day: number;

  constructor(scenario: Scenario, seed: number, day: number) {
    this.#scenario = scenario;
    this.#seed = seed;
    this.#day = day;
  }

  call(number: number, atMs: number): CallPlan {
    const scenario = this.#scenario;
    const uniform = keyedStream(this.#seed, this.#day, CALL, number);
    const pick = uniform();
    const detectionMs = scenario.detection === undefined ? 0 : draw(scenario.detection, uniform);
    const holdMs = draw(scenario.hold, uniform);
    const setupMs = scenario.setup === undefined ? 0 : draw(scenario.setup, uniform);
    const missedMachine = uniform() < (scenario.missedMachines?.share ?? 0);
    const outcome = pickOutcome(scenario, atMs, pick);
    const afterMs = draw(outcome.after, uniform);
    return { kind: outcome.kind, setupMs, afterMs, detectionMs, holdMs, missedMachine };
  }

  talk(agent: number, number: number): TalkPlan {
    const { talk, wrapUp, notice } = this.#scenario;
    const uniform = keyedStream(this.#seed, this.#day, TALK, agent, number);
    const talkMs = draw(talk, uniform);
    const wrapUpMs = draw(wrapUp, uniform);
    const variation = notice.kind === 'noisy' ? notice.variation : 0;
    return {
      talkMs,
      wrapUpMs,
      guesses: [guess(variation, uniform), guess(variation / 2, uniform)],
    };
  }

  otherCall(agent: number, number: number): { afterMs: number; lengthMs: number } | undefined {
    const other = this.#scenario.otherCalls;
    if (other === undefined) return undefined;
    const uniform = keyedStream(this.#seed, this.#day, OTHER_CALL, agent, number);
    return { afterMs: draw(other.after, uniform), lengthMs: draw(other.length, uniform) };
  }
}

function guess(variation: number, uniform: Uniform): number {
  return draw({ kind: 'logNormal', meanMs: 1, variation }, uniform);
}

/** Persons come first, so that a call that is answered at a low rate is answered at a higher one too. */
function pickOutcome(scenario: Scenario, atMs: number, pick: number): CallOutcome {
  const human = scenario.outcomes.find(({ kind }) => kind === 'human');
  if (human === undefined) throw new Error(`${scenario.name}: nobody ever answers`);
  const share = answerShare(scenario.answerRate, atMs) ?? human.share;
  if (pick < share) return human;
  const others = scenario.outcomes.filter((outcome) => outcome !== human);
  const total = others.reduce((sum, outcome) => sum + outcome.share, 0);
  let left = ((pick - share) / (1 - share)) * total;
  for (const outcome of others) {
    left -= outcome.share;
    if (left < 0) return outcome;
  }
  return others.at(-1) ?? human;
}

/** @returns 0 to 1; undefined without a course */
export function answerShare(
  course: AnswerRateCourse | undefined,
  atMs: number,
): number | undefined {
  if (course === undefined) return undefined;
  const { points, change } = course;
  const later = points.findIndex((point) => point.atMs > atMs);
  const before = points[later === -1 ? points.length - 1 : Math.max(0, later - 1)];
  const after = later === -1 ? undefined : points[later];
  if (before === undefined || after === undefined || change === 'step' || later === 0)
    return before?.share;
  const part = (atMs - before.atMs) / (after.atMs - before.atMs);
  return before.share + part * (after.share - before.share);
}
