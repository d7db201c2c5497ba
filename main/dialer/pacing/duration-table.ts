import { logNormalShare } from './log-normal.ts';
import { RateShift } from './rate-shift.ts';

export interface DurationPrior {
  meanMs: number;
  /** standard deviation ÷ mean */
  spread: number;
}

/** What a table has learnt, as plain numbers. */
export interface DurationCounts {
  exposureMs: number[];
  ends: number[];
}

const FIRST_EDGE_MS = 2_000;
const LAST_EDGE_MS = 1_800_000;
const BINS = 32;
const STEP = Math.log(LAST_EDGE_MS / FIRST_EDGE_MS) / (BINS - 2);
/** talks that the prior is worth */
const PRIOR_WEIGHT = 8;
/** observations until half is forgotten */
const FORGET_HALF_AFTER = 2_500;
/** width that the last, endless bin is given for its prior */
const LAST_WIDTH_MS = 600_000;

const LOWER_EDGES = Float64Array.from({ length: BINS }, (_, bin) =>
  bin === 0 ? 0 : FIRST_EDGE_MS * Math.exp(STEP * (bin - 1)),
);
/** the last bin has no end */
const WIDTHS = LOWER_EDGES.map(
  (edge, bin) => (LOWER_EDGES[bin + 1] ?? Number.MAX_VALUE ** 0.25) - edge,
);

/**
 * How long something lasts, learnt without assuming a shape: the hazard (ends ÷ time at risk) in bins that widen with
 * the time elapsed, so that heavy tails and mixtures come out as they are. A prior stands in until enough is seen.
 */
export class DurationTable {
  readonly #exposure = new Float64Array(BINS);
  readonly #ends = new Float64Array(BINS);
  readonly #prior = new Float64Array(BINS);
  readonly #hazard = new Float64Array(BINS);
  /** cumulative hazard at the lower edge of each bin */
  readonly #cumulative = new Float64Array(BINS);
  readonly #shift = new RateShift();
  readonly #keep = 0.5 ** (1 / FORGET_HALF_AFTER);
  #weight = 1;

  constructor(prior: DurationPrior) {
    for (let bin = 0; bin < BINS; bin++) this.#prior[bin] = priorHazard(prior, bin);
    this.fit();
  }

  /**
   * One went on from `fromMs` to `toMs`, and perhaps ended then: told while it lasts, because short ones end first and
   * every beginning would look like a change otherwise.
   */
  goesOn(fromMs: number, toMs: number, ended: boolean): void {
    const expected = this.#slowCumulative(toMs) - this.#slowCumulative(fromMs);
    this.#shift.add(ended ? 1 : 0, Math.max(0, expected));
  }

  /** Takes in one that lasted `ms`. @param ended false: it goes on, nobody will know how long */
  observe(ms: number, ended: boolean): void {
    this.#weight /= this.#keep;
    if (this.#weight > 1e9) this.#rescale();
    const last = binOf(ms);
    for (let bin = 0; bin <= last; bin++)
      this.#exposure[bin] = at(this.#exposure, bin) + this.#weight * overlap(bin, ms);
    if (ended) this.#ends[last] = at(this.#ends, last) + this.#weight;
  }

  /** Turns what was observed into hazards; cheap, but not for every line. */
  fit(): void {
    const factor = this.#shift.factor();
    let sum = 0;
    for (let bin = 0; bin < BINS; bin++) {
      this.#cumulative[bin] = sum;
      this.#hazard[bin] = factor * this.#slowHazard(bin);
      sum += at(this.#hazard, bin) * widthOf(bin);
    }
  }

  /** Chance that one that has lasted `elapsedMs` ends within `ms`. */
  within(elapsedMs: number, ms: number): number {
    return 1 - Math.exp(this.#upTo(elapsedMs) - this.#upTo(elapsedMs + ms));
  }

  /** A duration for a uniform number in [0, 1): for forecasts. */
  sample(uniform: number): number {
    const wanted = -Math.log(1 - uniform);
    let bin = BINS - 1;
    while (bin > 0 && at(this.#cumulative, bin) > wanted) bin--;
    return lowerEdge(bin) + (wanted - at(this.#cumulative, bin)) / at(this.#hazard, bin);
  }

  /** Mean as far as an hour, in ms. */
  meanMs(): number {
    let sum = 0;
    for (let ms = 0; ms < 3_600_000; ms += 5_000) sum += 5_000 * Math.exp(-this.#upTo(ms + 2_500));
    return sum;
  }

  counts(): DurationCounts {
    return { exposureMs: this.#plain(this.#exposure), ends: this.#plain(this.#ends) };
  }

  /** @returns false when the counts are not of this table's shape; nothing is taken then */
  restore(counts: DurationCounts): boolean {
    if (counts.exposureMs.length !== BINS || counts.ends.length !== BINS) return false;
    this.#weight = 1;
    this.#exposure.set(counts.exposureMs);
    this.#ends.set(counts.ends);
    this.fit();
    return true;
  }

  #plain(values: Float64Array): number[] {
    return Array.from(values, (value) => value / this.#weight);
  }

  #rescale(): void {
    for (let bin = 0; bin < BINS; bin++) {
      this.#exposure[bin] = at(this.#exposure, bin) / this.#weight;
      this.#ends[bin] = at(this.#ends, bin) / this.#weight;
    }
    this.#weight = 1;
  }

  #slowHazard(bin: number): number {
    const priorMs = PRIOR_WEIGHT * (bin === BINS - 1 ? LAST_WIDTH_MS : widthOf(bin));
    const ends = at(this.#ends, bin) / this.#weight + priorMs * at(this.#prior, bin);
    return ends / (at(this.#exposure, bin) / this.#weight + priorMs);
  }

  #slowCumulative(ms: number): number {
    let sum = 0;
    for (let bin = 0; bin <= binOf(ms); bin++) sum += overlap(bin, ms) * this.#slowHazard(bin);
    return sum;
  }

  #upTo(ms: number): number {
    const bin = binOf(ms);
    return at(this.#cumulative, bin) + (ms - lowerEdge(bin)) * at(this.#hazard, bin);
  }
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}

function lowerEdge(bin: number): number {
  return at(LOWER_EDGES, bin);
}

function widthOf(bin: number): number {
  return at(WIDTHS, bin);
}

function binOf(ms: number): number {
  if (ms < FIRST_EDGE_MS) return 0;
  return Math.min(BINS - 1, 1 + Math.floor(Math.log(ms / FIRST_EDGE_MS) / STEP + 1e-9));
}

/** How much of the bin lies before `ms`. */
function overlap(bin: number, ms: number): number {
  return Math.max(0, Math.min(ms - lowerEdge(bin), widthOf(bin)));
}

function priorHazard(prior: DurationPrior, bin: number): number {
  const from = lowerEdge(bin);
  const width = bin === BINS - 1 ? LAST_WIDTH_MS : widthOf(bin);
  const left = 1 - logNormalShare(from, prior.meanMs, prior.spread);
  const ending = logNormalShare(from + width, prior.meanMs, prior.spread) - (1 - left);
  // far in the tail the shares are rounding errors; a tenth of the mean's rate is a fair guess there
  if (left < 1e-4) return 0.1 / prior.meanMs;
  return -Math.log(1 - Math.min(0.99, ending / left)) / width;
}
