import { clip16, FRAME_SAMPLES, MU_LAW_DECODE, MU_LAW_ENCODE } from './g711.ts';

/**
 * Sum of two µ-law frames, saturated. For the alert tone over a debtor who is already speaking:
 * replacing would swallow the first syllable.
 */
export function mixFrames(first: Uint8Array, second: Uint8Array): Uint8Array {
  const mixed = new Uint8Array(FRAME_SAMPLES);
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    const sum = (MU_LAW_DECODE[first[i] ?? 255] ?? 0) + (MU_LAW_DECODE[second[i] ?? 255] ?? 0);
    mixed[i] = MU_LAW_ENCODE[clip16(sum) & 0xffff] ?? 255;
  }
  return mixed;
}
