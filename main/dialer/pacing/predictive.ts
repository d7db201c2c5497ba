import type { PacedCall } from './call-book.ts';
import { addChance, chanceOfNobody, countDistribution } from './chance.ts';
import type { Knowledge } from './knowledge.ts';

/** What the predictive rule looks at. */
export interface Moment {
  at: number;
  /** ready agents less people who wait; may be negative */
  base: number;
  /** chances of busy agents to be free in time */
  frees: Float64Array;
  busy: number;
  /** chances of calls in flight to be answered by a person */
  answers: Float64Array;
  open: number;
}

export interface DialTerms {
  /** chance that a call dialed now needs an agent */
  chanceOfNew: number;
  /** chance of meeting nobody that is allowed, and calls that may be dialed at most */
  allowed: number;
  most: number;
  /** seconds of talk that an answer brings, and what a dial must bring; 0: nothing */
  worthOfAnswer: number;
  price: number;
}

export interface PredictiveDecision {
  dial: number;
  /** chance that the last call dialed, if answered, meets nobody; of the first one refused when none is dialed */
  risk: number;
  /** that chance for one call more than was dialed */
  next: number;
  expectedFree: number;
  expectedAnswers: number;
}

/**
 * Dials one more call while the chance that a person who answers it meets nobody stays within what is allowed:
 * P(A ≥ F) ≤ allowed, F the agents free in time, A the answers of the calls in flight.
 * @see reference dialers §4.3
 */
export function decidePredictive(
  moment: Moment,
  { chanceOfNew, allowed, most, worthOfAnswer, price }: DialTerms,
  work: Workspace,
): PredictiveDecision {
  const { base, frees, busy, answers, open } = moment;
  const freeDistribution = work.frees(busy);
  countDistribution(frees, busy, freeDistribution);
  const answerDistribution = work.answers(Math.max(1, base + busy + 2));
  countDistribution(answers, open, answerDistribution);
  let dial = 0;
  let risk = 0;
  let next = 0;
  for (;;) {
    next = chanceOfNobody(answerDistribution, base, freeDistribution, busy);
    // beyond one call for each free agent a dial must bring the talk that it costs
    const tooDear =
      open + dial >= base && chanceOfNew * (1 - next) * worthOfAnswer < price && price > 0;
    if (next > allowed || dial >= most || tooDear) {
      if (dial === 0) risk = next;
      break;
    }
    risk = next;
    dial++;
    addChance(answerDistribution, chanceOfNew);
  }
  return {
    dial,
    risk,
    next,
    expectedFree: base + sum(frees, busy),
    expectedAnswers: sum(answers, open),
  };
}

/** Arrays that are reused from decision to decision. */
export class Workspace {
  #frees = new Float64Array(64);
  #answers = new Float64Array(64);

  frees(busy: number): Float64Array {
    if (this.#frees.length < busy + 1) this.#frees = new Float64Array(2 * busy + 2);
    return this.#frees;
  }

  /** @param length counts that matter; more answers than that are all "too many" */
  answers(length: number): Float64Array {
    if (this.#answers.length < length) this.#answers = new Float64Array(2 * length);
    return this.#answers.subarray(0, length);
  }
}

/** Chance of a call to be answered by a person and to need an agent. */
export function answerChance(
  knowledge: Knowledge,
  call: PacedCall,
  at: number,
  lateShare: number,
): number {
  const elapsed = at - call.stageSince;
  const full = knowledge.answers.chance(call.stage, elapsed);
  if (lateShare >= 1) return full;
  const early = knowledge.answers.earlyChance(call.stage, elapsed);
  return early + lateShare * (full - early);
}

function sum(values: Float64Array, length: number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += values[i] ?? 0;
  return total;
}
