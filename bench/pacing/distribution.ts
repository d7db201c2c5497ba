import type { Uniform } from './random.ts';

/** How long something takes, as data. */
export type Distribution =
  | { kind: 'constant'; ms: number }
  | { kind: 'uniform'; fromMs: number; toMs: number }
  | { kind: 'exponential'; meanMs: number }
  /** `variation`: standard deviation ÷ mean */
  | { kind: 'logNormal'; meanMs: number; variation: number }
  | { kind: 'mixture'; parts: readonly { weight: number; of: Distribution }[] };

/** @returns ms, zero or more */
export function draw(distribution: Distribution, uniform: Uniform): number {
  switch (distribution.kind) {
    case 'constant':
      return distribution.ms;
    case 'uniform':
      return distribution.fromMs + uniform() * (distribution.toMs - distribution.fromMs);
    case 'exponential':
      return -Math.log(1 - uniform()) * distribution.meanMs;
    case 'logNormal':
      return drawLogNormal(distribution.meanMs, distribution.variation, uniform);
    case 'mixture':
      return draw(pickPart(distribution.parts, uniform()), uniform);
  }
}

/** Mean of what is drawn, in ms. */
export function meanMs(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'constant':
      return distribution.ms;
    case 'uniform':
      return (distribution.fromMs + distribution.toMs) / 2;
    case 'exponential':
    case 'logNormal':
      return distribution.meanMs;
    case 'mixture': {
      const total = distribution.parts.reduce((sum, { weight }) => sum + weight, 0);
      return (
        distribution.parts.reduce((sum, { weight, of }) => sum + weight * meanMs(of), 0) / total
      );
    }
  }
}

export const constant = (ms: number): Distribution => ({ kind: 'constant', ms });
export const exponential = (mean: number): Distribution => ({ kind: 'exponential', meanMs: mean });
export const logNormal = (mean: number, variation: number): Distribution => ({
  kind: 'logNormal',
  meanMs: mean,
  variation,
});

function drawLogNormal(mean: number, variation: number, uniform: Uniform): number {
  const variance = Math.log(1 + variation * variation);
  const gauss = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * gauss);
}

function pickPart(
  parts: readonly { weight: number; of: Distribution }[],
  uniform: number,
): Distribution {
  let left = uniform * parts.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, of } of parts) {
    left -= weight;
    if (left < 0) return of;
  }
  const last = parts.at(-1);
  if (last === undefined) throw new Error('a mixture has at least one part');
  return last.of;
}
