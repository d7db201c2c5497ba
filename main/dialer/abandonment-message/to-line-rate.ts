import { setImmediate } from 'node:timers/promises';
import type { Sound } from './read-wav.ts';

/** Hz: what a telephone line carries */
export const LINE_RATE = 8_000;

/** Hz: half as loud here; beyond 4 kHz a line would fold what is left back into the speech */
const CUT_OFF = 3_700;
/** zero crossings of the filter on each side */
const WIDTH = 16;
/** places between two samples that the filter is known at: the rest is below the noise of a line */
const MOST_PHASES = 512;
/** samples of the line made before calls have their turn again */
const SLICE = 4_000;

/** Brings a sound to the rate of a telephone line, without what that cannot carry. Gives way to calls between pieces. */
export async function toLineRate({ rate, samples }: Sound): Promise<Int16Array> {
  if (rate === LINE_RATE) return samples;
  const filter = lowPass(rate);
  const line = new Int16Array(Math.floor((samples.length * LINE_RATE) / rate));
  for (let from = 0; from < line.length; from += SLICE) {
    const to = Math.min(line.length, from + SLICE);
    for (let at = from; at < to; at += 1)
      line[at] = sampleAt(samples, (at * rate) / LINE_RATE, filter);
    await setImmediate();
  }
  return line;
}

interface Filter {
  /** samples of the sound on each side */
  reach: number;
  phases: number;
  /** `2 · reach` weights for each phase */
  weights: Float32Array;
}

/** A windowed sinc (Blackman), at as many places between two samples as the two rates need. */
function lowPass(rate: number): Filter {
  const phases = Math.min(LINE_RATE / commonDivisor(rate, LINE_RATE), MOST_PHASES);
  const cut = (2 * CUT_OFF) / rate;
  const reach = Math.ceil(WIDTH / cut);
  const weights = new Float32Array(phases * 2 * reach);
  for (let phase = 0; phase < phases; phase += 1) {
    const own = weights.subarray(phase * 2 * reach, (phase + 1) * 2 * reach);
    let sum = 0;
    for (let tap = 0; tap < own.length; tap += 1) {
      const distance = tap - reach + 1 - phase / phases;
      const weight = sinc(distance * cut) * blackman(distance / reach);
      own[tap] = weight;
      sum += weight;
    }
    // as loud as it was, at every phase
    for (let tap = 0; tap < own.length; tap += 1) own[tap] = (own[tap] ?? 0) / sum;
  }
  return { reach, phases, weights };
}

function sampleAt(samples: Int16Array, place: number, { reach, phases, weights }: Filter): number {
  let before = Math.floor(place);
  let phase = Math.round((place - before) * phases);
  if (phase === phases) {
    phase = 0;
    before += 1;
  }
  const first = before - reach + 1;
  const offset = phase * 2 * reach;
  let sum = 0;
  for (let tap = Math.max(0, -first); tap < 2 * reach && first + tap < samples.length; tap += 1)
    sum += (samples[first + tap] ?? 0) * (weights[offset + tap] ?? 0);
  return Math.max(-32_768, Math.min(32_767, Math.round(sum)));
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** @param x −1 … 1 */
function blackman(x: number): number {
  if (Math.abs(x) >= 1) return 0;
  return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
