/**
 * RMS level of one frequency (Goertzel's algorithm), dB relative to a full-scale square wave: a full-scale sine reads
 * -3.01. For tests of audio and "call my phone".
 * @param samples 16-bit linear; whole periods of `frequencyHz` give the exact level
 */
export function toneLevelDbfs(
  samples: ArrayLike<number>,
  frequencyHz: number,
  sampleRateHz = 8_000,
): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / sampleRateHz);
  let previous = 0;
  let beforePrevious = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const current = (samples[i] ?? 0) + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = current;
  }
  const power = previous ** 2 + beforePrevious ** 2 - coefficient * previous * beforePrevious;
  const amplitude = (2 * Math.sqrt(Math.max(0, power))) / Math.max(1, samples.length);
  return Math.max(-127, 20 * Math.log10(Math.max(1e-9, amplitude / Math.SQRT2 / 32_768)));
}
