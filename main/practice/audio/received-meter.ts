import { type DominantTone, findDominantTone, levelDbfs } from './tone-measure.ts';

/** One second of what came in. */
export interface ReceivedWindow {
  /** since the answer, on the receiver's own count of frames */
  fromMs: number;
  levelDbfs: number;
  dominantHz: number | null;
  dominantLevelDbfs: number | null;
}

const windowSamples = 8000;
/** what the frequency is looked for in: enough for 10 Hz, cheap enough for fifty calls */
const toneSamples = 1600;
/** older ones are dropped, so that an hour-long call stays small */
const maxWindows = 600;

/** Measures the audio that a call receives, window by window and over the whole call. */
export class ReceivedMeter {
  #sumOfSquares = 0;
  #samples = 0;
  #windowStartSample = 0;
  #window = new Int16Array(windowSamples);
  #filled = 0;
  readonly #windows: ReceivedWindow[] = [];

  add(frame: Int16Array): void {
    for (const sample of frame) {
      this.#sumOfSquares += sample * sample;
      this.#samples += 1;
      this.#window[this.#filled] = sample;
      this.#filled += 1;
      if (this.#filled === windowSamples) this.#closeWindow();
    }
  }

  /** RMS over everything received, silence included. */
  levelDbfs(): number {
    return levelDbfs(this.#sumOfSquares, this.#samples);
  }

  windows(): readonly ReceivedWindow[] {
    return this.#windows;
  }

  /** The tone of the loudest window: what a steady test tone shows as. */
  dominant(): DominantTone | null {
    const heard = this.#windows.filter((window) => window.dominantHz !== null);
    const loudest = heard.sort((a, b) => b.levelDbfs - a.levelDbfs)[0];
    if (loudest?.dominantHz == null || loudest.dominantLevelDbfs == null) return null;
    return { hz: loudest.dominantHz, levelDbfs: loudest.dominantLevelDbfs };
  }

  /** Counts the unfinished window too, if it is long enough to measure. */
  finish(): void {
    if (this.#filled >= toneSamples) this.#closeWindow();
  }

  #closeWindow(): void {
    const samples = this.#window.subarray(0, this.#filled);
    const sum = samples.reduce((total, sample) => total + sample * sample, 0);
    const tone = findDominantTone(samples.subarray(-toneSamples));
    this.#windows.push({
      fromMs: (this.#windowStartSample * 1000) / 8000,
      levelDbfs: levelDbfs(sum, samples.length),
      dominantHz: tone?.hz ?? null,
      dominantLevelDbfs: tone?.levelDbfs ?? null,
    });
    if (this.#windows.length > maxWindows) this.#windows.shift();
    this.#windowStartSample += this.#filled;
    this.#filled = 0;
  }
}
