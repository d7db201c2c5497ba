/** Answers and calls of one kind; calls with a better number count as more than one. */
interface Rate {
  calls: number;
  answers: number;
}

interface RateInput extends Rate {
  region: string;
  hour: number;
}

/** What is believed before any call: one in ten is answered, worth so many calls. */
const FIRST: Rate = { calls: 20, answers: 2 };
/** A region or an hour alone is as its prior says until it has so many calls. */
const MARGIN_CALLS = 40;
const CELL_CALLS = 60;

/**
 * How often the average number is answered, by region and hour of the callee's clock. A cell with few calls is what its region
 * and its hour make of the rate of all.
 */
export class BaseRates {
  readonly #all: Rate = { calls: 0, answers: 0 };
  readonly #hours = new Map<number, Rate>();
  readonly #regions = new Map<string, Rate>();
  readonly #cells = new Map<string, Rate>();

  add({ region, hour, calls, answers }: RateInput): void {
    count(this.#all, calls, answers);
    count(rateIn(this.#hours, hour), calls, answers);
    count(rateIn(this.#regions, region), calls, answers);
    count(rateIn(this.#cells, `${region}|${hour}`), calls, answers);
  }

  /**
   * @param growth what one call counts now in what was added
   * @returns 0.001 … 0.95
   */
  rate(region: string, hour: number, growth: number): number {
    const all = shrunk(this.#all, FIRST.answers / FIRST.calls, FIRST.calls * growth);
    const atHour = shrunk(this.#hours.get(hour), all, MARGIN_CALLS * growth);
    const inRegion = shrunk(this.#regions.get(region), all, MARGIN_CALLS * growth);
    const cell = this.#cells.get(`${region}|${hour}`);
    const rate = shrunk(cell, (atHour * inRegion) / all, CELL_CALLS * growth);
    return Math.min(0.95, Math.max(0.001, rate));
  }

  clear(): void {
    this.#all.calls = 0;
    this.#all.answers = 0;
    for (const rates of [this.#hours, this.#regions, this.#cells]) rates.clear();
  }

  shrink(factor: number): void {
    for (const rate of [
      this.#all,
      ...this.#hours.values(),
      ...this.#regions.values(),
      ...this.#cells.values(),
    ]) {
      rate.calls *= factor;
      rate.answers *= factor;
    }
  }
}

function count(rate: Rate, calls: number, answers: number): void {
  rate.calls += calls;
  rate.answers += answers;
}

function shrunk(rate: Rate | undefined, prior: number, priorCalls: number): number {
  if (rate === undefined) return prior;
  return (rate.answers + prior * priorCalls) / (rate.calls + priorCalls);
}

function rateIn<Key>(map: Map<Key, Rate>, key: Key): Rate {
  const known = map.get(key);
  if (known) return known;
  const rate = { calls: 0, answers: 0 };
  map.set(key, rate);
  return rate;
}
