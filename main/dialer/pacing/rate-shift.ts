/** outcomes until half of what was seen is forgotten: short, so that five minutes of a busy team are enough */
const FORGET_HALF_AFTER = 90;
/** expected events that speak for "nothing has changed" */
const STEADY = 8;
/** how much likelier the change must be than chance before it is believed by half (a likelihood ratio, as logarithm) */
const BELIEVED_AT = 3;

/**
 * Notices that events come faster or slower than a slow table expects: events seen ÷ events expected, lately. Small
 * deviations are chance and change nothing; as the evidence grows, the factor is believed.
 */
export class RateShift {
  #seen = 0;
  #expected = 0;
  readonly #keep = 0.5 ** (1 / FORGET_HALF_AFTER);

  /** @param expected how many events the slow table expected of this one observation */
  add(seen: number, expected: number): void {
    this.#seen = this.#seen * this.#keep + seen;
    this.#expected = this.#expected * this.#keep + expected;
  }

  /** What to multiply the slow table's hazard with; 1 while nothing speaks for a change. */
  factor(): number {
    const raw = (this.#seen + STEADY) / (this.#expected + STEADY);
    const evidence = this.#seen * Math.log(raw) - this.#expected * (raw - 1);
    const belief = 1 / (1 + Math.exp(-2 * (evidence - BELIEVED_AT)));
    return Math.min(5, Math.max(0.2, raw ** belief));
  }
}
