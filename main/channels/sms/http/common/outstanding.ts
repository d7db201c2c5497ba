interface Waiting {
  /** epoch ms */
  since: number;
  nextAt: number;
  waitMs: number;
}

const MAX_WAITING = 20_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * Messages whose receipt has not come, for providers that are asked about each id: often in the first minute, then ever
 * less, until their validity is over.
 */
export class Outstanding {
  readonly #firstWaitMs: number;
  readonly #keepMs: number;
  readonly #waiting = new Map<string, Waiting>();

  /**
   * @param firstWaitMs from handing over to the first question
   * @param keepMs after this long no receipt is expected any more
   */
  constructor(firstWaitMs: number, keepMs: number) {
    this.#firstWaitMs = Math.max(500, firstWaitMs);
    this.#keepMs = keepMs;
  }

  add(id: string, since: number): void {
    if (this.#waiting.has(id)) return;
    const waitMs = this.#firstWaitMs;
    this.#waiting.set(id, { since, nextAt: since + waitMs, waitMs });
    for (const oldest of this.#waiting.keys()) {
      if (this.#waiting.size <= MAX_WAITING) return;
      this.#waiting.delete(oldest);
    }
  }

  /** Those to be asked about now, at most `limit`; the next question about each comes half as soon again. */
  take(now: number, limit: number): string[] {
    const due: string[] = [];
    for (const [id, waiting] of this.#waiting) {
      if (now - waiting.since > this.#keepMs) this.#waiting.delete(id);
      else if (waiting.nextAt <= now && due.length < limit) {
        due.push(id);
        waiting.waitMs = Math.min(waiting.waitMs * 1.5, LONGEST_WAIT_MS);
        waiting.nextAt = now + waiting.waitMs;
      }
    }
    return due;
  }

  /** They were not answered: they are asked about again at the next turn. */
  putBack(ids: readonly string[], now: number): void {
    for (const id of ids) {
      const waiting = this.#waiting.get(id);
      if (waiting !== undefined) waiting.nextAt = now;
    }
  }

  finish(id: string): void {
    this.#waiting.delete(id);
  }

  get size(): number {
    return this.#waiting.size;
  }
}
