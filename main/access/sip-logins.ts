import { createHash } from 'node:crypto';
import type { Clock } from '#shared/util/index.ts';
import { TokenTable } from '../contract-server/index.ts';
import type { PersonData } from './people.ts';

/** Realm of every softphone's digest, and the host part of its address; RFC 2606 §2 keeps it out of any DNS. */
export const SIP_REALM = 'dialdesk.invalid';
export const SIP_TICKET_MS = 30_000;

/** What one softphone login may be: the address it must use, and what proves that it is the one. */
export interface SipGrant {
  personId: string;
  user: string;
  realm: string;
  /** `sip:<user>@dialdesk.invalid` */
  addressOfRecord: string;
  secret: string;
  /** MD5(user:realm:secret) in hex, for the digest of RFC 3261 §22 (RFC 7616 §3.4.2, algorithm MD5) */
  ha1: string;
}

/** For the registrar: who a softphone claims to be. */
export interface SipAccounts {
  /**
   * The newest login of a SIP user. Several windows of one person have logins of their own: a registrar that knows the
   * socket checks against the grant that came with it, and uses this only where there is no socket.
   */
  lookup(user: string): SipGrant | null;
}

/**
 * Tickets to open `/sip`: used once, within 30 s. Each carries a digest secret of its own, so a login that leaked ends
 * with the next reconnect.
 */
export class SipLogins implements SipAccounts {
  readonly #tickets: TokenTable<SipGrant>;
  readonly #newestByUser = new Map<string, SipGrant>();
  readonly #newToken: () => string;

  constructor(clock: Clock, newToken: () => string) {
    this.#newToken = newToken;
    this.#tickets = new TokenTable({ clock, newToken, lifetimeMs: SIP_TICKET_MS });
  }

  issue(person: PersonData): { ticket: string; expiresAt: number; grant: SipGrant } {
    const grant = this.#grantFor(person);
    this.#newestByUser.set(grant.user, grant);
    const { token, expiresAt } = this.#tickets.issue(grant);
    return { ticket: token, expiresAt, grant };
  }

  take(ticket: string): SipGrant | null {
    return this.#tickets.take(ticket);
  }

  lookup(user: string): SipGrant | null {
    return this.#newestByUser.get(user) ?? null;
  }

  endPerson(personId: string): void {
    this.#tickets.removeWhere((grant) => grant.personId === personId);
    for (const [user, grant] of this.#newestByUser) {
      if (grant.personId === personId) this.#newestByUser.delete(user);
    }
  }

  #grantFor(person: PersonData): SipGrant {
    const { personId, sipUser: user } = person;
    const secret = this.#newToken();
    return {
      personId,
      user,
      realm: SIP_REALM,
      addressOfRecord: `sip:${user}@${SIP_REALM}`,
      secret,
      ha1: createHash('md5').update(`${user}:${SIP_REALM}:${secret}`).digest('hex'),
    };
  }
}
