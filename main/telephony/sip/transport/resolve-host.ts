import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Clock } from '#shared/util/index.ts';

const KEEP_MS = 60_000;

/**
 * Turns host names into addresses and remembers them for a minute. Two sends to the same unknown name wait for the same
 * look-up, so their order is kept.
 */
export class HostResolver {
  readonly #clock: Clock;
  readonly #known = new Map<string, { address: string; until: number }>();
  readonly #pending = new Map<string, Promise<string>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The address when it needs no waiting, else null. */
  known(host: string): string | null {
    const bare = host.replace(/^\[|\]$/g, '');
    if (isIP(bare)) return bare;
    const entry = this.#known.get(bare);
    return entry && entry.until > this.#clock.monotonic() ? entry.address : null;
  }

  /** @throws the system's error when the name has no address */
  resolve(host: string): Promise<string> {
    const known = this.known(host);
    if (known !== null) return Promise.resolve(known);
    const pending = this.#pending.get(host) ?? this.#lookUp(host);
    this.#pending.set(host, pending);
    return pending;
  }

  async #lookUp(host: string): Promise<string> {
    try {
      const { address } = await lookup(host, { family: 4 });
      this.#known.set(host, { address, until: this.#clock.monotonic() + KEEP_MS });
      return address;
    } finally {
      this.#pending.delete(host);
    }
  }
}

/** Addresses that mean nothing outside one's own network (RFC 1918, RFC 6598, RFC 3927, loopback, names in .invalid). */
export function isPrivateHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (bare.endsWith('.invalid') || bare === 'localhost' || bare === '::1') return true;
  if (isIP(bare) !== 4) return false;
  const [first = 0, second = 0] = bare.split('.').map(Number);
  if (first === 0 || first === 10 || first === 127) return true;
  if (first === 172) return second >= 16 && second <= 31;
  if (first === 100) return second >= 64 && second <= 127;
  return (first === 192 && second === 168) || (first === 169 && second === 254);
}
