/** Share of a log-normal time that is over by `x`. @param spread standard deviation ÷ mean */
export function logNormalShare(x: number, mean: number, spread: number): number {
  if (x <= 0) return 0;
  const variance = Math.log(1 + spread * spread);
  const z = (Math.log(x) - Math.log(mean) + variance / 2) / Math.sqrt(variance);
  return 0.5 * (1 + errorFunction(z / Math.SQRT2));
}

/** @see Abramowitz and Stegun 7.1.26; error below 2e-7 */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const value = 1 - series * Math.exp(-x * x);
  return x >= 0 ? value : -value;
}
