import type { Clock } from '#shared/util/index.ts';

/** Tells of changes of many things, each at most so often; the last change is always told. */
export class CalmNews {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #tell: (id: string) => void;
  readonly #toldMs = new Map<string, number>();
  readonly #timers = new Map<string, () => void>();

  constructor(clock: Clock, everyMs: number, tell: (id: string) => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#tell = tell;
  }

  changed(id: string): void {
    if (this.#timers.has(id)) return;
    const last = this.#toldMs.get(id);
    const waitMs = last === undefined ? 0 : last + this.#everyMs - this.#clock.monotonic();
    if (waitMs <= 0) this.#now(id);
    else
      this.#timers.set(
        id,
        this.#clock.setTimer(waitMs, () => this.#now(id)),
      );
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #now(id: string): void {
    this.#timers.delete(id);
    this.#toldMs.set(id, this.#clock.monotonic());
    this.#tell(id);
  }
}
