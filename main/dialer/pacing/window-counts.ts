/** counts are kept by the minute: a month of them is small, and a minute is nothing to a window of a day */
const BUCKET_MS = 60_000;

interface Bucket {
  at: number;
  abandoned: number;
  answered: number;
}

/** Abandoned and answered calls of one window that moves with time or ends on a date. */
export class WindowCounts {
  abandoned = 0;
  answered = 0;
  #buckets: Bucket[] = [];
  readonly #windowMs: number | null;

  /** @param windowMs null: nothing leaves until `clear` */
  constructor(windowMs: number | null) {
    this.#windowMs = windowMs;
  }

  /** Negative numbers take back what was counted at that time. */
  add(at: number, abandoned: number, answered: number): void {
    this.abandoned += abandoned;
    this.answered += answered;
    const last = this.#buckets.findLast((bucket) => bucket.at <= at);
    if (last !== undefined && at - last.at < BUCKET_MS) {
      last.abandoned += abandoned;
      last.answered += answered;
      return;
    }
    const after = this.#buckets.findIndex((bucket) => bucket.at > at);
    this.#buckets.splice(after === -1 ? this.#buckets.length : after, 0, {
      at,
      abandoned,
      answered,
    });
  }

  /** Forgets what has left a rolling window. */
  leave(now: number): void {
    if (this.#windowMs === null) return;
    while (this.#buckets[0] !== undefined && this.#buckets[0].at < now - this.#windowMs) {
      const old = this.#buckets.shift();
      this.abandoned -= old?.abandoned ?? 0;
      this.answered -= old?.answered ?? 0;
    }
  }

  clear(): void {
    this.#buckets = [];
    this.abandoned = 0;
    this.answered = 0;
  }
}
