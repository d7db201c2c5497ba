import type { Clock } from '#shared/util/index.ts';

const EVERY_MS = 1000;
const MISSED_LIMIT = 2;

/** Pings once a second; two pings without any answer mean that the engine hangs. */
export class Heartbeat {
  readonly #clock: Clock;
  #cancelTimer: () => void = () => {};
  #number = 0;
  #unanswered = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(ping: (number: number) => void, onSilent: () => void): void {
    this.stop();
    this.#unanswered = 0;
    const beat = () => {
      if (this.#unanswered >= MISSED_LIMIT) {
        onSilent();
        return;
      }
      this.#unanswered += 1;
      this.#number += 1;
      ping(this.#number);
      this.#cancelTimer = this.#clock.setTimer(EVERY_MS, beat);
    };
    this.#cancelTimer = this.#clock.setTimer(EVERY_MS, beat);
  }

  /** Any message is a sign of life: a long reply may hold up the pong. */
  heard(): void {
    this.#unanswered = 0;
  }

  stop(): void {
    this.#cancelTimer();
  }
}
