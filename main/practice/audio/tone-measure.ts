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

/**
 * The strongest frequency between 100 and 3900 Hz, found in three passes, each finer and over more samples: half a step
 * beside it a tone is still seen, 4 dB weaker, because step times duration is 1 in the first and less in the others.
 * @param samples 100 ms or more; whole periods give the exact level
 * @returns null below -60 dBFS
 */
export function findDominantTone(samples: Int16Array): DominantTone | null {
  const coarse = strongest(samples.subarray(0, 400), 100, 3900, 20);
  if (coarse.levelDbfs < -60) return null;
  const middle = strongest(samples.subarray(0, 800), coarse.hz - 20, coarse.hz + 20, 5);
  return strongest(samples, middle.hz - 5, middle.hz + 5, 1);
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
