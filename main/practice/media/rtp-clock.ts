import type { Clock } from '#shared/util/index.ts';
import { frameMs } from '../audio/tone.ts';

/** After a longer stall frames are skipped: a burst would only fill the other end's queue. */
const longestCatchUpMs = 200;

/** One beat of 20 ms for all calls, kept by deadlines of the monotonic clock, so that it does not drift. */
export class RtpClock {
  readonly #clock: Clock;
  readonly #beats = new Set<() => void>();
  #nextAt = 0;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `beat` every 20 ms until the returned function is called. */
  add(beat: () => void): () => void {
    this.#beats.add(beat);
    if (this.#cancel === null) {
      this.#nextAt = this.#clock.monotonic() + frameMs;
      this.#schedule();
    }
    return () => this.#remove(beat);
  }

  #remove(beat: () => void): void {
    this.#beats.delete(beat);
    if (this.#beats.size > 0) return;
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(): void {
    const delayMs = Math.max(0, this.#nextAt - this.#clock.monotonic());
    this.#cancel = this.#clock.setTimer(delayMs, () => this.#run());
  }

  #run(): void {
    const now = this.#clock.monotonic();
    if (now - this.#nextAt > longestCatchUpMs) this.#nextAt = now;
    while (this.#nextAt <= now && this.#beats.size > 0) {
      this.#nextAt += frameMs;
      for (const beat of [...this.#beats]) beat();
    }
    if (this.#beats.size > 0) this.#schedule();
  }
}
