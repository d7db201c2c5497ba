import { OUTCOME_MS, type PayCase } from './cases.ts';
import { type Comparison, compare } from './compare.ts';
import { chanceOf, type Design, fitLogistic, type Weights } from './logistic.ts';
import { CASES_AT_ONCE, columnsOf, type Encoding, encode, encodingOf } from './vectors.ts';

/** What is kept of a training: enough to score and to say why. */
export interface PayModel extends Weights {
  encoding: Encoding;
}

export interface TrainReport {
  /** on the later cases, by a model that was trained with the earlier ones only */
  heldOut: Comparison;
  /** first and last call of all cases, epoch ms */
  from: number;
  to: number;
  /** the held-out cases begin here, epoch ms */
  split: number;
  /** weight of each column, per standard deviation, the heaviest first */
  weights: { column: string; weight: number }[];
}

export type Trained =
  | { ok: true; model: PayModel; report: TrainReport; cases: number; payers: number }
  | {
      ok: false;
      because: 'tooFewPayers' | 'tooFewOthers';
      cases: number;
      payers: number;
      needed: number;
    };

/** Below this no weight could be told from chance. */
export const LEAST_OF_EACH = 60;
const LEAST_HELD_OUT = 15;
/** This part of the cases, the earliest, is for training while models are compared. */
const TRAINING_SHARE = 0.7;

/**
 * Learns who pays after a call. First from the earlier cases only, to see how it does on the later ones; what is used is
 * then learnt from all. Refused where payers, or the others, are too few to learn from.
 */
export async function trainPayModel(
  unsorted: readonly PayCase[],
  pause: () => Promise<void>,
): Promise<Trained> {
  const cases = unsorted.toSorted((one, other) => one.at - other.at);
  const payers = paidIn(cases);
  await pause();
  const counts = { cases: cases.length, payers };
  const split = cases[Math.floor(cases.length * TRAINING_SHARE)]?.at ?? 0;
  // an outcome that was not known by then would tell the model of the time it is tested on
  const earlier = cases.filter(({ at }) => at + OUTCOME_MS <= split);
  const later = cases.filter(({ at }) => at >= split);
  if (payers < LEAST_OF_EACH || paidIn(earlier) < LEAST_HELD_OUT || paidIn(later) < LEAST_HELD_OUT)
    return { ok: false, because: 'tooFewPayers', ...counts, needed: LEAST_OF_EACH };
  if (
    cases.length - payers < LEAST_OF_EACH ||
    unpaidIn(earlier) < LEAST_HELD_OUT ||
    unpaidIn(later) < LEAST_HELD_OUT
  )
    return { ok: false, because: 'tooFewOthers', ...counts, needed: LEAST_OF_EACH };
  const trial = await fitModel(earlier, pause);
  const heldOut = await tryOut(trial, later, pause);
  const model = await fitModel(cases, pause);
  const weights = columnsOf(model.encoding)
    .map((column, index) => ({ column, weight: model.weights[index] ?? 0 }))
    .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
  const report = { heldOut, from: cases[0]?.at ?? 0, to: cases.at(-1)?.at ?? 0, split, weights };
  return { ok: true, model, report, ...counts };
}

async function tryOut(
  model: PayModel,
  cases: readonly PayCase[],
  pause: () => Promise<void>,
): Promise<Comparison> {
  const scored: { chance: number; paid: boolean }[] = [];
  for (const { facts, paid } of cases) {
    if (scored.length > 0 && scored.length % CASES_AT_ONCE === 0) await pause();
    scored.push({ chance: chanceOf(model, encode(facts, model.encoding)), paid });
  }
  await pause();
  return compare(scored);
}

async function fitModel(cases: readonly PayCase[], pause: () => Promise<void>): Promise<PayModel> {
  const encoding = await encodingOf(cases, pause);
  const width = columnsOf(encoding).length;
  const design: Design = {
    rows: new Float64Array(cases.length * width),
    width,
    outcomes: new Uint8Array(cases.length),
  };
  for (const [index, { facts, paid }] of cases.entries()) {
    if (index > 0 && index % CASES_AT_ONCE === 0) await pause();
    design.rows.set(encode(facts, encoding), index * width);
    design.outcomes[index] = paid ? 1 : 0;
  }
  return { encoding, ...(await fitLogistic(design, pause)) };
}

function paidIn(cases: readonly PayCase[]): number {
  return cases.filter(({ paid }) => paid).length;
}

function unpaidIn(cases: readonly PayCase[]): number {
  return cases.length - paidIn(cases);
}
