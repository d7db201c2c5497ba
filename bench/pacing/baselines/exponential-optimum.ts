import {
  chainOf,
  type ExponentialChain,
  type ExponentialModel,
  type LongRun,
} from './exponential-chain.ts';

/** For each state of the chain: how many calls are to ring after the decision, never fewer than ring already. */
export type Policy = Int32Array;

/** The most busy time of any policy that abandons no more than the cap. */
export interface ExponentialOptimum {
  minutesPerHour: number;
  chain: ExponentialChain;
  /** abandons a little too much, and a little too little: `share` of the time the first fills the cap exactly */
  bold: Policy;
  careful: Policy;
  share: number;
}

const MAX_SWEEPS = 200_000;
const TOLERANCE = 1e-6;
const BISECTIONS = 24;

/**
 * Solves the constrained Markov decision process exactly, up to its bounds: for a price on abandonment relative value
 * iteration finds the best policy; the price is bisected until two neighbouring policies lie on both sides of the cap,
 * and these are mixed. Exponential times carry no information in how long they have lasted, so no policy whatever can
 * do better in this world without taking calls back.
 * @param cap abandoned ÷ answered, 0 to 1
 */
export function solveExponentialWorld(model: ExponentialModel, cap: number): ExponentialOptimum {
  const chain = chainOf(model);
  const values = new Float64Array(chain.steps.length);
  let low = { price: 0, ...solved(chain, 0, cap, values) };
  let high = { price: 6_000, ...solved(chain, 6_000, cap, values) };
  for (let turn = 0; turn < BISECTIONS && high.price - low.price > 0.5; turn += 1) {
    const price = (low.price + high.price) / 2;
    const middle = { price, ...solved(chain, price, cap, values) };
    if (excess(middle.longRun, cap) > 0) low = middle;
    else high = middle;
  }
  const over = excess(low.longRun, cap);
  const under = -excess(high.longRun, cap);
  const share = over > 0 ? under / (over + under) : 1;
  const busy = share * low.longRun.busyAgents + (1 - share) * high.longRun.busyAgents;
  const minutesPerHour = (60 * busy) / model.agents;
  return { minutesPerHour, chain, bold: low.policy, careful: high.policy, share };
}

/** Abandoned beyond the cap, per second. */
function excess({ abandonedPerS, answeredPerS }: LongRun, cap: number): number {
  return abandonedPerS - cap * answeredPerS;
}

function solved(
  chain: ExponentialChain,
  price: number,
  cap: number,
  values: Float64Array,
): { policy: Policy; longRun: LongRun } {
  const policy = bestPolicy(chain, price, cap, values);
  return { policy, longRun: longRunOf(chain, policy) };
}

/** @param values where to start, and where the relative values are left for a price near this one */
function bestPolicy(
  chain: ExponentialChain,
  price: number,
  cap: number,
  values: Float64Array,
): Policy {
  const after = new Float64Array(values.length);
  const policy = new Int32Array(values.length);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep += 1) {
    chooseRinging(chain, values, after, policy);
    if (sweepValues(chain, price, cap, values, after) < TOLERANCE) break;
  }
  return policy;
}

/** `after[state]`: value once the best number of calls is added; `policy[state]`: that number. */
function chooseRinging(
  { rows, columns }: ExponentialChain,
  values: Float64Array,
  after: Float64Array,
  policy: Int32Array,
): void {
  for (let row = 0; row < rows; row += 1) {
    let best = Number.NEGATIVE_INFINITY;
    let bestRinging = 0;
    for (let ringing = columns - 1; ringing >= 0; ringing -= 1) {
      const state = row * columns + ringing;
      const value = values[state] ?? 0;
      if (value >= best) {
        best = value;
        bestRinging = ringing;
      }
      after[state] = best;
      policy[state] = bestRinging;
    }
  }
}

/** One step of the iteration. @returns how far the gain is still uncertain, in busy agents */
function sweepValues(
  { columns, steps, stepsPerS }: ExponentialChain,
  price: number,
  cap: number,
  values: Float64Array,
  after: Float64Array,
): number {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  const next = scratchOf(values.length);
  for (let state = 0; state < values.length; state += 1) {
    const step = steps[state];
    if (step === undefined) continue;
    const ringing = state % columns;
    const fewer = ringing > 0 ? ringing - 1 : 0;
    const reward = step.busyAgents - price * (step.abandonedPerS - cap * step.answeredPerS);
    const stays = 1 - step.freed - step.answered - step.unanswered - step.gaveUp;
    const value =
      reward / stepsPerS +
      step.freed * (after[step.freedRow * columns + ringing] ?? 0) +
      step.answered * (after[step.answeredRow * columns + fewer] ?? 0) +
      step.unanswered * (after[state - (ringing - fewer)] ?? 0) +
      step.gaveUp * (after[step.gaveUpRow * columns + ringing] ?? 0) +
      stays * (after[state] ?? 0);
    const gain = value - (values[state] ?? 0);
    if (gain < least) least = gain;
    if (gain > most) most = gain;
    next[state] = value;
  }
  const shift = next[0] ?? 0;
  for (let state = 0; state < values.length; state += 1) values[state] = (next[state] ?? 0) - shift;
  return (most - least) * stepsPerS;
}

let scratch = new Float64Array(0);

/** Room for one sweep, used again. */
function scratchOf(length: number): Float64Array {
  if (scratch.length < length) scratch = new Float64Array(length);
  return scratch;
}

/** Rates of a policy in the long run: its stationary distribution, by stepping until nothing moves any more. */
export function longRunOf(chain: ExponentialChain, policy: Policy): LongRun {
  const { columns, steps } = chain;
  let now = new Float64Array(steps.length);
  let next = new Float64Array(steps.length);
  now[policy[chain.model.agents * columns] ?? 0] = 1;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep += 1) {
    next.fill(0);
    stepDistribution(chain, policy, now, next);
    const moved = sweep % 50 === 0 ? distance(now, next) : 1;
    [now, next] = [next, now];
    if (moved < 1e-9) break;
  }
  return rates(chain, now);
}

function stepDistribution(
  { columns, steps }: ExponentialChain,
  policy: Policy,
  now: Float64Array,
  next: Float64Array,
): void {
  const land = (row: number, ringing: number, weight: number) => {
    const target = row * columns + (policy[row * columns + ringing] ?? ringing);
    next[target] = (next[target] ?? 0) + weight;
  };
  for (let state = 0; state < now.length; state += 1) {
    const weight = now[state] ?? 0;
    const step = steps[state];
    if (weight < 1e-15 || step === undefined) continue;
    const ringing = state % columns;
    const row = (state - ringing) / columns;
    const fewer = Math.max(0, ringing - 1);
    land(step.freedRow, ringing, weight * step.freed);
    land(step.answeredRow, fewer, weight * step.answered);
    land(row, fewer, weight * step.unanswered);
    land(step.gaveUpRow, ringing, weight * step.gaveUp);
    const moved = step.freed + step.answered + step.unanswered + step.gaveUp;
    land(row, ringing, weight * (1 - moved));
  }
}

function distance(one: Float64Array, other: Float64Array): number {
  let total = 0;
  for (let state = 0; state < one.length; state += 1) {
    total += Math.abs((one[state] ?? 0) - (other[state] ?? 0));
  }
  return total;
}

function rates({ steps }: ExponentialChain, weights: Float64Array): LongRun {
  const longRun: LongRun = { busyAgents: 0, abandonedPerS: 0, answeredPerS: 0 };
  for (const [state, step] of steps.entries()) {
    const weight = weights[state] ?? 0;
    longRun.busyAgents += weight * step.busyAgents;
    longRun.abandonedPerS += weight * step.abandonedPerS;
    longRun.answeredPerS += weight * step.answeredPerS;
  }
  return longRun;
}
