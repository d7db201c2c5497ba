import type { Clock } from '#shared/util/index.ts';

/**
 * How many may start now, when at most so many may a second. A tenth of a second may come at once, so that a fast gateway is
 * not asked for a timer for each message.
 */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #perMs: number;
  readonly #most: number;
  #tokens: number;
  #filledMs: number;

  /** @param burst most that may come at once; default: what a tenth of a second brings, at least one */
  constructor(clock: Clock, perSecond: number, burst = Math.max(1, perSecond / 10)) {
    this.#clock = clock;
    this.#perMs = perSecond / 1_000;
    this.#most = burst;
    this.#tokens = burst;
    this.#filledMs = clock.monotonic();
  }

  /** whole tokens that are there now */
  get available(): number {
    this.#fill();
    return Math.floor(this.#tokens + 1e-9);
  }

  /** @returns false when there is none: then nothing was taken */
  take(): boolean {
    if (this.available < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** 0 when one is there */
  get msUntilNext(): number {
    this.#fill();
    return this.#tokens >= 1 ? 0 : Math.ceil((1 - this.#tokens) / this.#perMs);
  }

  #fill(): void {
    const nowMs = this.#clock.monotonic();
    const grown = this.#tokens + (nowMs - this.#filledMs) * this.#perMs;
    this.#tokens = Math.min(this.#most, grown);
    this.#filledMs = nowMs;
  }
}
