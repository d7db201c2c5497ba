export interface ThresholdCounts {
  /** silent calls among those that were dialed with an allowed risk, and the sum of the risks allowed */
  silent: number;
  allowed: number;
}

/** silent calls for each unit of risk allowed, before anything is known: risks are mostly below what is allowed */
const PRIOR_RATIO = 0.75;
/** silent calls that the prior is worth */
const PRIOR_SILENT = 3;
/** silent calls until half is forgotten */
const FORGET_HALF_AFTER = 100;
const LEAST = 0.002;
const MOST = 0.5;

/**
 * Turns the share of answers that may meet silence into the risk allowed for one dial. The two differ: a dial is
 * stopped at the first step above the threshold, agents free themselves meanwhile, tables err. So it counts how many
 * answers met silence for the risks that were allowed when their calls were dialed, and divides by that.
 */
export class Threshold {
  #silent = 0;
  #allowed = 0;

  /**
   * @param allowed the risk that was allowed when the call was dialed; 0: it was not dialed at a risk. If it meets
   * silence all the same, the risk was that of calls dialed before it, and counts.
   */
  outcome(allowed: number, silent: boolean): void {
    const keep = silent ? 0.5 ** (1 / FORGET_HALF_AFTER) : 1;
    this.#silent = this.#silent * keep + (silent ? 1 : 0);
    this.#allowed = this.#allowed * keep + allowed;
  }

  /** Risk to allow for a share of answers. */
  riskFor(rate: number): number {
    if (rate <= 0) return 0;
    return Math.min(MOST, Math.max(LEAST, rate / this.ratio()));
  }

  ratio(): number {
    return (this.#silent + PRIOR_SILENT) / (this.#allowed + PRIOR_SILENT / PRIOR_RATIO);
  }

  counts(): ThresholdCounts {
    return { silent: this.#silent, allowed: this.#allowed };
  }

  restore(counts: ThresholdCounts): void {
    this.#silent = counts.silent;
    this.#allowed = counts.allowed;
  }
}
