/** changes that are listened for: rate over the table's */
const CHANGES = [1.7, 0.55] as const;
/** evidence (logarithm of a likelihood ratio) at which a change is believed by half, and beyond which none is kept */
const BELIEVED_AT = 3.5;
const MOST_EVIDENCE = 8;
/** expected events that speak for "nothing has changed" */
const STEADY = 3;
/** outcomes until half of what was seen since the change is forgotten: a change may go on */
const FORGET_HALF_AFTER = 100;

/** Page's cumulative sum: evidence for one change, begun anew whenever it speaks for none. */
interface Suspicion {
  change: number;
  evidence: number;
  seen: number;
  expected: number;
}

/**
 * Notices that events come faster or slower than a slow table expects, and since when: events seen ÷ events expected
 * since the evidence began. Small deviations are chance and change nothing; as evidence grows, the factor is believed.
 */
export class RateShift {
  readonly #suspicions: Suspicion[] = CHANGES.map((change) => ({
    change,
    evidence: 0,
    seen: 0,
    expected: 0,
  }));
  readonly #keep = 0.5 ** (1 / FORGET_HALF_AFTER);

  /** @param expected how many events the slow table expected of this one observation */
  add(seen: number, expected: number): void {
    for (const suspicion of this.#suspicions) {
      const { change, evidence } = suspicion;
      const next = evidence + seen * Math.log(change) - expected * (change - 1);
      suspicion.evidence = Math.min(MOST_EVIDENCE, Math.max(0, next));
      const keep = suspicion.evidence > 0 ? this.#keep : 0;
      suspicion.seen = suspicion.seen * keep + (keep > 0 ? seen : 0);
      suspicion.expected = suspicion.expected * keep + (keep > 0 ? expected : 0);
    }
  }

  /** What to multiply the slow table's hazard with; 1 while nothing speaks for a change. */
  factor(): number {
    let factor = 1;
    for (const { evidence, seen, expected } of this.#suspicions) {
      const belief = 1 / (1 + Math.exp(2 * (BELIEVED_AT - evidence)));
      factor *= ((seen + STEADY) / (expected + STEADY)) ** belief;
    }
    return Math.min(5, Math.max(0.2, factor));
  }
}
