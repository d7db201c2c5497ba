import type { Clock } from '#shared/util/index.ts';

const EVERY_MS = 100;
/** after this long, ask less often: the engine is not merely restarting */
const HURRY_MS = 60_000;
const LATER_EVERY_MS = 1000;
const TIMEOUT_MS = 1000;

export type Fetch = (
  url: string,
  init: { signal: AbortSignal; cache: 'no-store' },
) => Promise<{ ok: boolean }>;

/**
 * Asks the engine's health address until it answers. Chromium delays the retries of WebSockets by seconds, those of
 * `fetch` not at all.
 */
export class HealthProbe {
  readonly #url: () => string;
  readonly #fetch: Fetch;
  readonly #clock: Clock;
  #run: { cancelTimer(): void; abort: AbortController } | null = null;

  constructor(url: () => string, fetch: Fetch, clock: Clock) {
    this.#url = url;
    this.#fetch = fetch;
    this.#clock = clock;
  }

  /** @param delayMs before the first question: longer when the engine answers but lets nobody in */
  start(delayMs: number, onAnswer: () => void): void {
    this.stop();
    const run = { cancelTimer: () => {}, abort: new AbortController() };
    this.#run = run;
    const startedAt = this.#clock.monotonic();
    const ask = async () => {
      const answered = await this.#ask(run.abort);
      if (this.#run !== run) return;
      if (answered) {
        this.stop();
        onAnswer();
        return;
      }
      const hurry = this.#clock.monotonic() - startedAt < HURRY_MS;
      run.cancelTimer = this.#clock.setTimer(hurry ? EVERY_MS : LATER_EVERY_MS, () => void ask());
    };
    run.cancelTimer = this.#clock.setTimer(delayMs, () => void ask());
  }

  stop(): void {
    this.#run?.cancelTimer();
    this.#run?.abort.abort();
    this.#run = null;
  }

  async #ask(whole: AbortController): Promise<boolean> {
    const once = new AbortController();
    const abort = () => once.abort();
    whole.signal.addEventListener('abort', abort);
    const cancelTimer = this.#clock.setTimer(TIMEOUT_MS, abort);
    try {
      const response = await this.#fetch(this.#url(), { signal: once.signal, cache: 'no-store' });
      return response.ok;
    } catch {
      // Nobody listens, or not in time: that is the answer.
      return false;
    } finally {
      cancelTimer();
      whole.signal.removeEventListener('abort', abort);
    }
  }
}
