import { toneLevelDbfs } from '../media/rtp-format.ts';

/** RMS level of samples in dB relative to full scale; -127 for silence. */
export function levelDbfs(sumOfSquares: number, samples: number): number {
  if (samples === 0 || sumOfSquares === 0) return -127;
  return 10 * Math.log10(sumOfSquares / samples / 32_768 ** 2);
}

export interface DominantTone {
  hz: number;
  levelDbfs: number;
}

/** 100 ms: seen 5 Hz beside it, a tone is 4 dB weaker; with twice that it would be invisible between two steps */
const coarseSamples = 800;

/**
 * The strongest frequency between 100 and 3900 Hz: a coarse pass in steps of 10 Hz, then 1 Hz round the best.
 * @param samples 100 ms or more; whole periods give the exact level
 * @returns null below -60 dBFS
 */
export function findDominantTone(samples: Int16Array): DominantTone | null {
  const coarse = strongest(samples.subarray(0, coarseSamples), 100, 3900, 10);
  if (coarse.levelDbfs < -60) return null;
  return strongest(samples, coarse.hz - 9, coarse.hz + 9, 1);
}

function strongest(
  samples: Int16Array,
  fromHz: number,
  toHz: number,
  stepHz: number,
): DominantTone {
  let best = { hz: fromHz, levelDbfs: Number.NEGATIVE_INFINITY };
  for (let hz = fromHz; hz <= toHz; hz += stepHz) {
    const level = toneLevelDbfs(samples, hz);
    if (level > best.levelDbfs) best = { hz, levelDbfs: level };
  }
  return best;
}
