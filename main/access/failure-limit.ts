import type { Clock } from '#shared/util/index.ts';

const WINDOW_MS = 60_000;
const PER_KEY = 10;
const PER_ADDRESS = 100;
const MAX_ENTRIES = 10_000;

/**
 * Slows guessing: 10 failed proofs a minute for one key from one address, 100 for one address. The limit on the address
 * is wide because on loopback everybody shares it.
 */
export class FailureLimit {
  readonly #clock: Clock;
  readonly #failures = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  allows(address: string, keyId: string): boolean {
    return this.#count(address) < PER_ADDRESS && this.#count(`${address} ${keyId}`) < PER_KEY;
  }

  failed(address: string, keyId: string): void {
    this.#note(address);
    this.#note(`${address} ${keyId}`);
  }

  #count(key: string): number {
    const since = this.#clock.monotonic() - WINDOW_MS;
    return (this.#failures.get(key) ?? []).filter((at) => at > since).length;
  }

  #note(key: string): void {
    const now = this.#clock.monotonic();
    const recent = (this.#failures.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
    this.#failures.delete(key);
    if (this.#failures.size >= MAX_ENTRIES) this.#forgetOldest();
    this.#failures.set(key, [...recent, now]);
  }

  /** Keys are in the order of their last failure. */
  #forgetOldest(): void {
    const oldest = this.#failures.keys().next();
    if (!oldest.done) this.#failures.delete(oldest.value);
  }
}
