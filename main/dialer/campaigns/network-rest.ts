import type { AttemptResult } from '#shared/domain/index.ts';
import type { Clock } from '#shared/util/index.ts';

/** So many may fail by chance; from then on the list is saved from a network that carries nothing. */
const FAILURES_BEFORE_REST = 3;
const SHORTEST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;

/** How long a campaign leaves a network alone that could not carry its last calls. */
export class NetworkRest {
  readonly #clock: Clock;
  #failuresInARow = 0;
  #untilMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param takenBack the pacer ended it: nothing is wrong */
  note(result: AttemptResult, takenBack: boolean): void {
    if (takenBack) return;
    // An attempt that never left the machine would fail again at once: let the cause pass.
    if (result === 'cancelled') return this.#until(SHORTEST_REST_MS);
    this.#failuresInARow = result === 'networkFailure' ? this.#failuresInARow + 1 : 0;
    const over = this.#failuresInARow - FAILURES_BEFORE_REST;
    if (over < 0) this.#untilMs = 0;
    else this.#until(Math.min(LONGEST_REST_MS, SHORTEST_REST_MS * 2 ** over));
  }

  #until(restMs: number): void {
    this.#untilMs = this.#clock.monotonic() + restMs;
  }

  leftMs(): number {
    return Math.max(0, this.#untilMs - this.#clock.monotonic());
  }
}
