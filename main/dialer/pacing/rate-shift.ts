/**
 * Outcomes until half of what was seen is forgotten: the short memory finds what changed within five minutes, the
 * longer one what changed by less.
 */
const MEMORIES = [20, 80] as const;
/** expected events that speak for "nothing has changed" */
const STEADY = 4;
/** how much likelier the change must be than chance before it is believed by half (a likelihood ratio, as logarithm) */
const BELIEVED_AT = 3.5;

/**
 * Notices that events come faster or slower than a slow table expects: events seen ÷ events expected, lately. Small
 * deviations are chance and change nothing; as the evidence grows, the factor is believed.
 */
export class RateShift {
  readonly #memories = MEMORIES.map((half) => ({ keep: 0.5 ** (1 / half), seen: 0, expected: 0 }));

  /** @param expected how many events the slow table expected of this one observation */
  add(seen: number, expected: number): void {
    for (const memory of this.#memories) {
      memory.seen = memory.seen * memory.keep + seen;
      memory.expected = memory.expected * memory.keep + expected;
    }
  }

  /** What to multiply the slow table's hazard with; 1 while nothing speaks for a change. */
  factor(): number {
    let strongest = 0;
    let factor = 1;
    for (const { seen, expected } of this.#memories) {
      const raw = (seen + STEADY) / (expected + STEADY);
      const evidence = seen * Math.log(raw) - expected * (raw - 1);
      if (evidence <= strongest) continue;
      strongest = evidence;
      factor = raw ** (1 / (1 + Math.exp(-2 * (evidence - BELIEVED_AT))));
    }
    return Math.min(5, Math.max(0.2, factor));
  }
}
