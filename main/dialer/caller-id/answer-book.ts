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

/** What was expected at first hangs on rates that were hardly known: it is worked out anew each so many results. */
const RECKON_EVERY = 500;

/** Answers and expected answers, as they are stored. */
interface Evidence {
  answers: number;
  expected: number;
}

interface HourEvidence extends Evidence {
  calls: number;
}

interface NumberEvidence extends Evidence {
  regions: Map<string, RegionEvidence>;
}

interface RegionEvidence extends Evidence {
  /** by hour; most stay empty */
  hours: (HourEvidence | undefined)[];
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
  #untilReckoned = 100;

  /** @param at epoch ms; must not run backwards by more than clocks do */
  add(result: CallResult, at: number): void {
    const growth = this.#growth(at);
    const { shown, region, hour } = result;
    const calls = result.calls * growth;
    const answers = result.answers * growth;
    const expected = calls * this.#base.rate(region, hour, growth);
    const quality = this.overall(shown, at).mean;
    this.#base.add({ region, hour, calls: calls * quality, answers });
    this.#count(result, { calls, answers, expected });
    this.#untilReckoned -= 1;
    if (this.#untilReckoned <= 0) this.#reckon(at);
  }

  /** Takes over what is known at the start, oldest first. */
  load(results: readonly { result: CallResult; at: number }[]): void {
    let latest = 0;
    for (const { result, at } of results) {
      const growth = this.#growth(at);
      const { calls, answers } = result;
      const grown = answers * growth;
      this.#count(result, { calls: calls * growth, answers: grown, expected: grown });
      latest = Math.max(latest, at);
    }
    // Rates first with all numbers alike, then with each as good as those rates say.
    if (results.length > 0) for (let round = 0; round < 3; round += 1) this.#reckon(latest);
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
      const belief: Belief = { mean: 1, shape: NUMBER_SHAPE };
      learnFrom(belief, number, inRegion, growth);
      loosen(belief, REGION_SHAPE);
      learnFrom(belief, inRegion, atHour, growth);
      loosen(belief, HOUR_SHAPE);
      learnFrom(belief, atHour, undefined, growth);
      return belief;
    };
  }

  /** What to believe of a number over all its calls. */
  overall(shown: string, at: number): Belief {
    const belief: Belief = { mean: 1, shape: NUMBER_SHAPE };
    learnFrom(belief, this.#numbers.get(shown), undefined, this.#growth(at));
    return belief;
  }

  /** A number that comes back from its rest begins anew. */
  forget(shown: string): void {
    this.#numbers.delete(shown);
  }

  #count(result: CallResult, evidence: HourEvidence): void {
    const number = entry(this.#numbers, result.shown, () => ({
      ...NOTHING,
      regions: new Map<string, RegionEvidence>(),
    }));
    const inRegion = entry(number.regions, result.region, () => ({ ...NOTHING, hours: [] }));
    const atHour = inRegion.hours[result.hour] ?? { ...NOTHING, calls: 0 };
    inRegion.hours[result.hour] = atHour;
    atHour.calls += evidence.calls;
    for (const level of [number, inRegion, atHour]) {
      level.answers += evidence.answers;
      level.expected += evidence.expected;
    }
  }

  /** One step of expectation and maximisation: rates from numbers as good as believed, then what they would have brought. */
  #reckon(at: number): void {
    const growth = this.#growth(at);
    this.#untilReckoned = RECKON_EVERY;
    const qualities = new Map(
      [...this.#numbers.keys()].map((shown) => [shown, this.overall(shown, at).mean]),
    );
    this.#base.clear();
    for (const [shown, number] of this.#numbers)
      forEachHour(number, (region, hour, { calls, answers }) =>
        this.#base.add({ region, hour, calls: calls * (qualities.get(shown) ?? 1), answers }),
      );
    for (const number of this.#numbers.values()) {
      number.expected = 0;
      for (const inRegion of number.regions.values()) inRegion.expected = 0;
      forEachHour(number, (region, hour, atHour, inRegion) => {
        atHour.expected = atHour.calls * this.#base.rate(region, hour, growth);
        inRegion.expected += atHour.expected;
        number.expected += atHour.expected;
      });
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
        for (const atHour of inRegion.hours) {
          if (!atHour) continue;
          shrinkOne(atHour, factor);
          atHour.calls *= factor;
        }
      }
    }
  }
}

function forEachHour(
  number: NumberEvidence,
  visit: (region: string, hour: number, atHour: HourEvidence, inRegion: RegionEvidence) => void,
): void {
  for (const [region, inRegion] of number.regions)
    for (const [hour, atHour] of inRegion.hours.entries())
      if (atHour) visit(region, hour, atHour, inRegion);
}

function shrinkOne(evidence: Evidence, factor: number): void {
  evidence.answers *= factor;
  evidence.expected *= factor;
}

/**
 * Gamma prior, Poisson answers. Evidence of a level counts without that of the one below, which counts there. Changes the belief
 * in place: a choice among a thousand numbers makes three thousand of these steps.
 */
function learnFrom(
  belief: Belief,
  level: Evidence | undefined,
  below: Evidence | undefined,
  growth: number,
): void {
  if (level === undefined) return;
  const answers = Math.max(0, level.answers - (below?.answers ?? 0)) / growth;
  const expected = Math.max(0, level.expected - (below?.expected ?? 0)) / growth;
  const shape = belief.shape + answers;
  belief.mean = shape / (belief.shape / belief.mean + expected);
  belief.shape = shape;
}

/** The prior of the next level: the same mean, and less sure by as much as the levels may differ. */
function loosen(belief: Belief, between: number): void {
  belief.shape = 1 / (1 / belief.shape + 1 / between);
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
