import type { ToneSpec } from '../scenario/index.ts';

export const sampleRateHz = 8000;
export const frameSamples = 160;
export const frameMs = 20;

/** Makes a tone sample by sample, so that frames join without a click. `levelDbfs` is the RMS of each sine. */
export class ToneGenerator {
  readonly #steps: number[];
  readonly #amplitude: number;
  readonly #cadence: number[] | null;
  #position = 0;

  constructor(spec: ToneSpec) {
    const frequenciesHz = Array.isArray(spec.hz) ? spec.hz : [spec.hz];
    this.#steps = frequenciesHz.map((hz) => (2 * Math.PI * hz) / sampleRateHz);
    this.#amplitude = 32_768 * Math.SQRT2 * 10 ** (spec.levelDbfs / 20);
    this.#cadence = spec.cadenceMs?.map((ms) => (ms * sampleRateHz) / 1000) ?? null;
  }

  nextFrame(): Int16Array {
    const frame = new Int16Array(frameSamples);
    for (let index = 0; index < frameSamples; index += 1) {
      frame[index] = this.#isOn() ? this.#sample() : 0;
      this.#position += 1;
    }
    return frame;
  }

  #sample(): number {
    let sum = 0;
    for (const step of this.#steps) sum += Math.sin(step * this.#position);
    const value = Math.round(sum * this.#amplitude);
    return Math.max(-32_768, Math.min(32_767, value));
  }

  #isOn(): boolean {
    if (this.#cadence === null) return true;
    const cycle = this.#cadence.reduce((sum, part) => sum + part, 0);
    let rest = this.#position % cycle;
    for (const [index, part] of this.#cadence.entries()) {
      if (rest < part) return index % 2 === 0;
      rest -= part;
    }
    return false;
  }
}

/** Tones of the network by the called country's habit (ITU-T E.180, national annexes). */
export function networkTone(kind: 'ringback' | 'busy', digits: string): ToneSpec {
  const levelDbfs = -22;
  if (digits.startsWith('1')) {
    return kind === 'ringback'
      ? { hz: [440, 480], levelDbfs, cadenceMs: [2000, 4000] }
      : { hz: [480, 620], levelDbfs, cadenceMs: [500, 500] };
  }
  if (digits.startsWith('44')) {
    return kind === 'ringback'
      ? { hz: [400, 450], levelDbfs, cadenceMs: [400, 200, 400, 2000] }
      : { hz: 400, levelDbfs, cadenceMs: [380, 380] };
  }
  const hz = digits.startsWith('86') ? 450 : 425;
  return kind === 'ringback'
    ? { hz, levelDbfs, cadenceMs: [1000, 4000] }
    : { hz, levelDbfs, cadenceMs: [500, 500] };
}

/** The three special information tones, 330 ms each (ITU-T E.180 §6). */
export const specialInformationTones: readonly ToneSpec[] = [950, 1400, 1800].map((hz) => ({
  hz,
  levelDbfs: -20,
  ms: 330,
}));
