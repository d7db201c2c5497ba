const HOURS = 24;
const HOUR_MS = 3_600_000;
/** expected answers that speak for "this hour is like the others" */
const ALIKE = 60;
/** expected answers until half is forgotten: some days of that hour */
const FORGET_HALF_AFTER = 400;

export interface HourCounts {
  seen: number[];
  expected: number[];
}

/** How often people answer at this hour of the day, against the campaign as a whole. */
export class HourFactors {
  #seen = new Float64Array(HOURS);
  #expected = new Float64Array(HOURS);

  /** @param chance how likely an answer was when the call was dialed, by the campaign's table */
  observe(at: number, chance: number, human: boolean): void {
    const hour = hourOf(at);
    const keep = 0.5 ** (chance / FORGET_HALF_AFTER);
    this.#seen[hour] = (this.#seen[hour] ?? 0) * keep + (human ? 1 : 0);
    this.#expected[hour] = (this.#expected[hour] ?? 0) * keep + chance;
  }

  factor(at: number): number {
    const hour = hourOf(at);
    const raw = ((this.#seen[hour] ?? 0) + ALIKE) / ((this.#expected[hour] ?? 0) + ALIKE);
    return Math.min(3, Math.max(1 / 3, raw));
  }

  counts(): HourCounts {
    return { seen: Array.from(this.#seen), expected: Array.from(this.#expected) };
  }

  restore(counts: HourCounts): boolean {
    if (counts.seen.length !== HOURS || counts.expected.length !== HOURS) return false;
    this.#seen = Float64Array.from(counts.seen);
    this.#expected = Float64Array.from(counts.expected);
    return true;
  }
}

function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) % HOURS;
}
