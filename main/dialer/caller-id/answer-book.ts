import { BaseRates } from './base-rates.ts';

/** What came of one call, or of many alike. */
export interface CallResult {
  /** E.164, the number that was shown */
  shown: string;
  /** region that was called, see `regionOf` */
  region: string;
  /** hour of the callee's clock */
  hour: number;
  calls: number;
  answers: number;
}

/** Belief in how often a number is answered, against the average number on the same calls: a gamma distribution. */
export interface Belief {
  /** 1: as the average */
  mean: number;
  /** 1 ÷ squared relative error */
  shape: number;
}

/** Evidence counts half after so long: lists of unwanted callers and habits change within days. */
const HALF_LIFE_MS = 24 * 3_600_000;
/** How much numbers may differ, as 1 ÷ squared relative spread: as a whole, by region, by hour in a region. */
const NUMBER_SHAPE = 6;
const REGION_SHAPE = 10;
const HOUR_SHAPE = 40;
/** Stored evidence grows with time instead of being shrunk at each reading; it is brought back before it overflows. */
const LARGEST_GROWTH = 2 ** 40;

/** Answers and expected answers, as they are stored. */
interface Evidence {
  answers: number;
  expected: number;
}

interface NumberEvidence extends Evidence {
  regions: Map<string, RegionEvidence>;
}

interface RegionEvidence extends Evidence {
  /** by hour; most stay empty */
  hours: (Evidence | undefined)[];
}

const NOTHING: Readonly<Evidence> = { answers: 0, expected: 0 };

/**
 * What was learnt of each number: how many of its calls were answered, against how many the same calls (region and hour)
 * would have been with the average number. A hierarchy: the number as a whole, in a region, at an hour in the region, each
 * with the one before as its prior. Older evidence counts less. Not a record: `callerIdTally` is.
 */
export class AnswerBook {
  readonly #numbers = new Map<string, NumberEvidence>();
  readonly #base = new BaseRates();
  #originAt: number | null = null;

  /** @param at epoch ms; must not run backwards by more than clocks do */
  add(result: CallResult, at: number): void {
    const growth = this.#growth(at);
    const { shown, region, hour, calls, answers } = result;
    const expected = calls * this.#base.rate(region, hour, growth);
    const quality = this.belief(shown, region, hour, at).mean;
    this.#base.add({ region, hour, calls: calls * quality * growth, answers: answers * growth });
    this.#count(result, { answers: answers * growth, expected: expected * growth });
  }

  /** Takes over what is known at the start, oldest first. The rates of calls come first: what is expected hangs on them. */
  load(results: readonly { result: CallResult; at: number }[]): void {
    for (const { result, at } of results) {
      const growth = this.#growth(at);
      const { calls, answers } = result;
      this.#base.add({ ...result, calls: calls * growth, answers: answers * growth });
    }
    for (const { result, at } of results) {
      const growth = this.#growth(at);
      const expected = result.calls * this.#base.rate(result.region, result.hour, growth);
      this.#count(result, { answers: result.answers * growth, expected: expected * growth });
    }
  }

  /** How likely the average number is answered there and then, 0 … 1. */
  expectedRate(region: string, hour: number, at: number): number {
    return this.#base.rate(region, hour, this.#growth(at));
  }

  /** What to believe of a number there and then. */
  belief(shown: string, region: string, hour: number, at: number): Belief {
    return this.beliefsAt(region, hour, at)(shown);
  }

  /** The same for many numbers of one call. */
  beliefsAt(region: string, hour: number, at: number): (shown: string) => Belief {
    const growth = this.#growth(at);
    return (shown) => {
      const number = this.#numbers.get(shown);
      const inRegion = number?.regions.get(region);
      const atHour = inRegion?.hours[hour];
      const whole = posterior({ mean: 1, shape: NUMBER_SHAPE }, outside(number, inRegion, growth));
      const local = posterior(loosened(whole, REGION_SHAPE), outside(inRegion, atHour, growth));
      return posterior(loosened(local, HOUR_SHAPE), outside(atHour, undefined, growth));
    };
  }

  /** What to believe of a number over all its calls. */
  overall(shown: string, at: number): Belief {
    const evidence = outside(this.#numbers.get(shown), undefined, this.#growth(at));
    return posterior({ mean: 1, shape: NUMBER_SHAPE }, evidence);
  }

  /** A number that comes back from its rest begins anew. */
  forget(shown: string): void {
    this.#numbers.delete(shown);
  }

  #count(result: CallResult, evidence: Evidence): void {
    const number = entry(this.#numbers, result.shown, () => ({
      ...NOTHING,
      regions: new Map<string, RegionEvidence>(),
    }));
    const inRegion = entry(number.regions, result.region, () => ({ ...NOTHING, hours: [] }));
    const atHour = inRegion.hours[result.hour] ?? { ...NOTHING };
    inRegion.hours[result.hour] = atHour;
    for (const level of [number, inRegion, atHour]) {
      level.answers += evidence.answers;
      level.expected += evidence.expected;
    }
  }

  /** What one call of `at` counts in stored evidence. */
  #growth(at: number): number {
    this.#originAt ??= at;
    const growth = 2 ** ((at - this.#originAt) / HALF_LIFE_MS);
    if (growth < LARGEST_GROWTH) return growth;
    this.#shrink(1 / growth);
    this.#originAt = at;
    return 1;
  }

  #shrink(factor: number): void {
    this.#base.shrink(factor);
    for (const number of this.#numbers.values()) {
      shrinkOne(number, factor);
      for (const inRegion of number.regions.values()) {
        shrinkOne(inRegion, factor);
        for (const atHour of inRegion.hours) if (atHour) shrinkOne(atHour, factor);
      }
    }
  }
}

function shrinkOne(evidence: Evidence, factor: number): void {
  evidence.answers *= factor;
  evidence.expected *= factor;
}

/** Evidence of a level without that of the one below, which counts there. */
function outside(
  level: Evidence | undefined,
  below: Evidence | undefined,
  growth: number,
): Evidence {
  if (level === undefined) return NOTHING;
  return {
    answers: Math.max(0, level.answers - (below?.answers ?? 0)) / growth,
    expected: Math.max(0, level.expected - (below?.expected ?? 0)) / growth,
  };
}

/** The prior of the next level: the same mean, and less sure by as much as the levels may differ. */
function loosened({ mean, shape }: Belief, between: number): Belief {
  return { mean, shape: 1 / (1 / shape + 1 / between) };
}

/** Gamma prior, Poisson answers. */
function posterior(prior: Belief, { answers, expected }: Evidence): Belief {
  const shape = prior.shape + answers;
  return { shape, mean: shape / (prior.shape / prior.mean + expected) };
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
