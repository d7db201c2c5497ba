/**
 * Exact distributions of "how many of these independent chances come true", in arrays that are reused. Index is the
 * count; what exceeds the array is left out, so that a tail is 1 minus the sum.
 */

/** Fills `into` with the distribution of the number of successes. */
export function countDistribution(chances: Float64Array, length: number, into: Float64Array): void {
  into.fill(0);
  into[0] = 1;
  for (let i = 0; i < length; i++) addChance(into, chances[i] ?? 0, i + 1);
}

/** Adds one more chance to a distribution. @param top highest count that can be above zero afterwards */
export function addChance(into: Float64Array, chance: number, top = into.length - 1): void {
  const fail = 1 - chance;
  for (let count = Math.min(top, into.length - 1); count > 0; count--)
    into[count] = (into[count] ?? 0) * fail + (into[count - 1] ?? 0) * chance;
  into[0] = (into[0] ?? 0) * fail;
}

/**
 * Chance that the answers take every agent, so that one more answer would meet nobody: P(A ≥ base + F).
 * @param base agents free now less those owed to people who wait; may be negative
 * @param frees distribution of how many others become free in time, counts up to `most`
 */
export function chanceOfNobody(
  answers: Float64Array,
  base: number,
  frees: Float64Array,
  most: number,
): number {
  let total = 0;
  let fewer = 0;
  let counted = 0;
  for (let free = 0; free <= most; free++) {
    const need = base + free;
    while (counted < need && counted < answers.length) fewer += answers[counted++] ?? 0;
    total += (frees[free] ?? 0) * (need <= 0 ? 1 : Math.max(0, 1 - fewer));
  }
  return total;
}
