import { MU_LAW_DECODE } from './g711.ts';

/** what silence is called, dB relative to full scale */
export const SILENCE_DBFS = -127;

const SQUARES = Float64Array.from(MU_LAW_DECODE, (sample) => sample * sample);

/** Loudness of µ-law audio since the last reading. */
export class LevelMeter {
  #sum = 0;
  #samples = 0;
  #packets = 0;

  add(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i += 1) this.#sum += SQUARES[bytes[i] ?? 255] ?? 0;
    this.#samples += bytes.length;
    this.#packets += 1;
  }

  /**
   * RMS level relative to a full-scale square wave (a full-scale sine is -3.01 dBFS), and packets added; starts anew.
   */
  read(): { levelDbfs: number; packets: number } {
    const levelDbfs = toDbfs(this.#samples === 0 ? 0 : this.#sum / this.#samples);
    const packets = this.#packets;
    this.#sum = 0;
    this.#samples = 0;
    this.#packets = 0;
    return { levelDbfs, packets };
  }
}

function toDbfs(meanSquare: number): number {
  if (meanSquare <= 0) return SILENCE_DBFS;
  return Math.max(SILENCE_DBFS, 10 * Math.log10(meanSquare / (32_768 * 32_768)));
}

/** Largest absolute sample of a µ-law frame. */
export function peakOf(bytes: Uint8Array): number {
  let peak = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const sample = Math.abs(MU_LAW_DECODE[bytes[i] ?? 255] ?? 0);
    if (sample > peak) peak = sample;
  }
  return peak;
}
