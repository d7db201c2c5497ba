/** Levels between 0 and `FULL`: so fine are values told apart. */
export const FULL = 1_000;
const MOST_SAMPLED = 200_000;

/**
 * Where values stand among all of a list: the cuts between its thousandths. A few enormous debts move nobody else, and
 * when everybody grows a day older, nobody's place changes.
 */
export class Quantiles {
  readonly #cuts: Float64Array;

  /** @param values NaN: has none, and is left out */
  constructor(values: Float64Array) {
    const sorted = sample(values).sort();
    const count = Math.min(FULL, sorted.length);
    this.#cuts = Float64Array.from(
      { length: count },
      (_, index) => sorted[Math.floor(((index + 0.5) * sorted.length) / count)] ?? 0,
    );
  }

  /** 0 … FULL; equal values stand in the middle of their kind. */
  levelOf(value: number): number {
    const { length } = this.#cuts;
    if (length === 0 || Number.isNaN(value)) return 0;
    const below = this.#countBelow(value, false);
    const upTo = this.#countBelow(value, true);
    return Math.round((FULL * (below + upTo)) / (2 * length));
  }

  #countBelow(value: number, included: boolean): number {
    let low = 0;
    let high = this.#cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const cut = this.#cuts[middle] ?? 0;
      if (cut < value || (included && cut === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Every n-th: the same of the same list. */
function sample(values: Float64Array): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value));
  const step = Math.ceil(known.length / MOST_SAMPLED);
  return step <= 1 ? known : known.filter((_, index) => index % step === 0);
}
