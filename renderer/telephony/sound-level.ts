/** Level of a block of samples in dBFS RMS (0 = full-scale square wave); −100 for silence. */
export function rmsDbfs(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  return rms > 1e-5 ? 20 * Math.log10(rms) : -100;
}

/**
 * Frequency of the strongest bin, refined by a parabola through it and its neighbours.
 * @param spectrum dB per bin, from 0 Hz to half the sample rate
 * @returns Hz, or null when nothing stands above −90 dB
 */
export function dominantHz(spectrum: Float32Array, sampleRate: number): number | null {
  let best = 1;
  for (let bin = 2; bin < spectrum.length - 1; bin += 1) {
    if ((spectrum[bin] ?? -Infinity) > (spectrum[best] ?? -Infinity)) best = bin;
  }
  const [left, top, right] = [spectrum[best - 1], spectrum[best], spectrum[best + 1]];
  if (top === undefined || left === undefined || right === undefined || top < -90) return null;
  const bend = left - 2 * top + right;
  const shift = bend === 0 || !Number.isFinite(bend) ? 0 : (left - right) / (2 * bend);
  return ((best + shift) * sampleRate) / (2 * spectrum.length);
}
