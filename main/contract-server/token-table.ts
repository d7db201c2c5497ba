import { createHash } from 'node:crypto';
import type { Clock } from '#shared/util/index.ts';

interface Entry<Value> {
  value: Value;
  /** monotonic ms */
  endsAt: number;
}

/**
 * Tokens for addresses: kept as digests, so that neither a comparison's time nor a memory dump gives one away; they end
 * by themselves. Whether a token may be used again is the caller's choice (`peek` or `take`).
 */
export class TokenTable<Value> {
  readonly #clock: Clock;
  readonly #lifetimeMs: number;
  readonly #newToken: () => string;
  readonly #entries = new Map<string, Entry<Value>>();

  constructor(options: { clock: Clock; lifetimeMs: number; newToken: () => string }) {
    this.#clock = options.clock;
    this.#lifetimeMs = options.lifetimeMs;
    this.#newToken = options.newToken;
  }

  issue(value: Value): { token: string; expiresAt: number } {
    this.#forgetOld();
    const token = this.#newToken();
    const endsAt = this.#clock.monotonic() + this.#lifetimeMs;
    this.#entries.set(digest(token), { value, endsAt });
    return { token, expiresAt: this.#clock.now() + this.#lifetimeMs };
  }

  peek(token: string): Value | null {
    const entry = this.#entries.get(digest(token));
    return entry && entry.endsAt > this.#clock.monotonic() ? entry.value : null;
  }

  take(token: string): Value | null {
    const value = this.peek(token);
    this.#entries.delete(digest(token));
    return value;
  }

  removeWhere(matches: (value: Value) => boolean): void {
    for (const [key, entry] of this.#entries) {
      if (matches(entry.value)) this.#entries.delete(key);
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  /** All live equally long, so the oldest come first. */
  #forgetOld(): void {
    const now = this.#clock.monotonic();
    for (const [key, entry] of this.#entries) {
      if (entry.endsAt > now) return;
      this.#entries.delete(key);
    }
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
