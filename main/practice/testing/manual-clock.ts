import type { Clock } from '#shared/util/index.ts';

interface Timer {
  at: number;
  callback: () => void;
}

/** A clock that goes on only when a test says so; timers run in order of their instants. */
export class ManualClock implements Clock {
  #nowMs = 0;
  #timers = new Set<Timer>();

  now(): number {
    return 1_700_000_000_000 + this.#nowMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  setTimer(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  advance(ms: number): void {
    const end = this.#nowMs + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.at);
      next.callback();
    }
    this.#nowMs = end;
  }

  /** Time goes by and no timer runs: the process was stalled. */
  stall(ms: number): void {
    this.#nowMs += ms;
  }

  #next(end: number): Timer | null {
    const due = [...this.#timers].filter((timer) => timer.at <= end);
    return due.sort((a, b) => a.at - b.at)[0] ?? null;
  }
}
