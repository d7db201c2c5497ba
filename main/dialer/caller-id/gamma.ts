import type { Random } from '#shared/util/index.ts';

/**
 * One draw from a gamma distribution with scale 1.
 * @param shape at least 1
 * @see Marsaglia and Tsang, A simple method for generating gamma variables (2000)
 */
export function sampleGamma(shape: number, random: Random): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = sampleNormal(random);
    const cubed = (1 + c * x) ** 3;
    if (cubed <= 0) continue;
    const u = 1 - random.next();
    if (u < 1 - 0.0331 * x ** 4) return d * cubed;
    if (Math.log(u) < 0.5 * x * x + d * (1 - cubed + Math.log(cubed))) return d * cubed;
  }
}

/** Mean 0, standard deviation 1 (Marsaglia's polar method; its second value is not kept, so that draws stay independent of calls). */
function sampleNormal(random: Random): number {
  for (;;) {
    const x = 2 * random.next() - 1;
    const y = 2 * random.next() - 1;
    const squared = x * x + y * y;
    if (squared > 0 && squared < 1) return x * Math.sqrt((-2 * Math.log(squared)) / squared);
  }
}

/**
 * Quantile of a gamma distribution with scale 1, after Wilson and Hilferty; off by less than 1 % from shape 2 up.
 * @param z standard normal quantile, such as 1.645 for 95 %
 */
export function gammaQuantile(shape: number, z: number): number {
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return shape * Math.max(0, root) ** 3;
}
