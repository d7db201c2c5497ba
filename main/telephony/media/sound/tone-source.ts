import { encodeMuLaw, FRAME_SAMPLES } from './g711.ts';
import type { SoundSource } from './sound-source.ts';

const SAMPLE_RATE_HZ = 8_000;
/** a tone that starts or stops at full level clicks */
const RAMP_SAMPLES = 40;

export interface ToneOptions {
  frequenciesHz: readonly number[];
  durationMs: number;
  /** RMS of the whole, dB relative to full scale (square wave) */
  levelDbfs: number;
  loop?: boolean;
}

/** One or more sines at equal level, phase kept from frame to frame. */
export class ToneSource implements SoundSource {
  readonly #frequenciesHz: readonly number[];
  readonly #totalSamples: number;
  readonly #amplitude: number;
  readonly #loop: boolean;
  #position = 0;

  constructor(options: ToneOptions) {
    this.#frequenciesHz = options.frequenciesHz;
    this.#totalSamples = Math.round((options.durationMs * SAMPLE_RATE_HZ) / 1000);
    const count = Math.max(1, options.frequenciesHz.length);
    const rms = 32_768 * 10 ** (options.levelDbfs / 20);
    this.#amplitude = (rms * Math.SQRT2) / Math.sqrt(count);
    this.#loop = options.loop ?? false;
  }

  nextFrame(): Uint8Array | null {
    if (!this.#loop && this.#position >= this.#totalSamples) return null;
    const samples = new Float64Array(FRAME_SAMPLES);
    for (let i = 0; i < FRAME_SAMPLES; i += 1) samples[i] = this.#sampleAt(this.#position + i);
    this.#position += FRAME_SAMPLES;
    return encodeMuLaw(samples);
  }

  #sampleAt(position: number): number {
    if (!this.#loop && position >= this.#totalSamples) return 0;
    let sum = 0;
    for (const frequencyHz of this.#frequenciesHz) {
      sum += Math.sin((2 * Math.PI * frequencyHz * position) / SAMPLE_RATE_HZ);
    }
    return sum * this.#amplitude * this.#ramp(position);
  }

  #ramp(position: number): number {
    const untilEnd = this.#loop ? RAMP_SAMPLES : this.#totalSamples - position;
    return Math.min(1, (position + 1) / RAMP_SAMPLES, untilEnd / RAMP_SAMPLES);
  }
}
