import { firstHeader, type SipRequestText, userOf } from './sip-text.ts';

interface Binding {
  user: string;
  host: string;
  port: number;
  registeredAt: number;
  expiresAt: number;
}

/** Who is registered and where its packets came from, which is where a carrier sends calls through a NAT. */
export class Registrations {
  readonly #bindings = new Map<string, Binding>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Adds, renews or (expires 0) removes a binding. @returns header lines for the 200 */
  update(
    request: SipRequestText,
    from: { host: string; port: number },
    maxExpiresSec: number,
  ): string[] {
    const user = userOf(firstHeader(request, 'to'));
    const contactUri = firstHeader(request, 'contact');
    const expiresSec = Math.min(askedExpiresSec(request, contactUri), maxExpiresSec);
    if (expiresSec === 0) this.#bindings.delete(user);
    else if (contactUri !== '') this.#bindings.set(user, this.#binding(user, from, expiresSec));
    if (expiresSec === 0 || contactUri === '') return [];
    const bare = contactUri.replace(/;\s*expires=\d+/i, '');
    return [`Contact: ${bare};expires=${expiresSec}`, `Expires: ${expiresSec}`];
  }

  knows(address: { host: string; port: number }): boolean {
    return this.#current().some(
      (binding) => binding.host === address.host && binding.port === address.port,
    );
  }

  latest(): { host: string; port: number } | null {
    const newest = this.#current().sort((a, b) => b.registeredAt - a.registeredAt)[0];
    return newest === undefined ? null : { host: newest.host, port: newest.port };
  }

  get count(): number {
    return this.#current().length;
  }

  #current(): Binding[] {
    const now = this.#now();
    return [...this.#bindings.values()].filter((binding) => binding.expiresAt > now);
  }

  #binding(user: string, from: { host: string; port: number }, expiresSec: number): Binding {
    const registeredAt = this.#now();
    return { user, ...from, registeredAt, expiresAt: registeredAt + expiresSec * 1000 };
  }
}

function askedExpiresSec(request: SipRequestText, contactUri: string): number {
  const inContact = /;\s*expires=(\d+)/i.exec(contactUri)?.[1];
  const text = inContact ?? firstHeader(request, 'expires');
  return /^\d+$/.test(text) ? Number(text) : 3600;
}
