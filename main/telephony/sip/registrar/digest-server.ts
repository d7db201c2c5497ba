import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#shared/util/index.ts';
import { newToken, splitOutsideQuotes } from '../message/index.ts';

export type DigestVerdict = 'ok' | 'stale' | 'refused' | 'absent';

export interface DigestClaim {
  method: string;
  requestUri: string;
  user: string;
  realm: string;
  secret: string;
}

const NONCE_LIFETIME_MS = 5 * 60_000;

/**
 * Challenges and checks HTTP Digest with MD5 and qop=auth (RFC 3261 §22, RFC 2617 §3.2), which is what sip.js speaks.
 * A nonce is ours by its HMAC, lives five minutes, and each of its counts is taken once, so nothing can be replayed.
 */
export class DigestServer {
  readonly #clock: Clock;
  readonly #key = randomBytes(32);
  /** highest nonce count seen, by nonce */
  readonly #counts = new Map<string, { count: number; expiresAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Value of a WWW-Authenticate header. */
  challenge(realm: string, stale: boolean): string {
    const issuedAt = Math.floor(this.#clock.monotonic()).toString(36);
    const payload = `${issuedAt}.${newToken()}`;
    const nonce = `${payload}.${this.#seal(payload)}`;
    const flag = stale ? ', stale=true' : '';
    return `Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"${flag}`;
  }

  verify(authorization: string | null, claim: DigestClaim): DigestVerdict {
    if (authorization === null) return 'absent';
    const fields = parseDigest(authorization);
    if (!fields) return 'refused';
    const nonce = fields.get('nonce') ?? '';
    const age = this.#ageOf(nonce);
    if (age === null || !matches(fields, claim)) return 'refused';
    if (age > NONCE_LIFETIME_MS) return 'stale';
    return this.#takeCount(nonce, fields.get('nc') ?? '') ? 'ok' : 'stale';
  }

  #seal(payload: string): string {
    return createHmac('sha256', this.#key).update(payload).digest('hex').slice(0, 32);
  }

  /** ms since we issued it; null when it is not ours */
  #ageOf(nonce: string): number | null {
    const [issuedAt = '', random = '', seal = ''] = nonce.split('.');
    if (!equal(seal, this.#seal(`${issuedAt}.${random}`))) return null;
    return this.#clock.monotonic() - Number.parseInt(issuedAt, 36);
  }

  #takeCount(nonce: string, text: string): boolean {
    const count = Number.parseInt(text, 16);
    const last = this.#counts.get(nonce)?.count ?? 0;
    if (!Number.isInteger(count) || count <= last) return false;
    const now = this.#clock.monotonic();
    for (const [known, entry] of this.#counts) {
      if (entry.expiresAt < now) this.#counts.delete(known);
    }
    this.#counts.set(nonce, { count, expiresAt: now + NONCE_LIFETIME_MS * 2 });
    return true;
  }
}

/** The fields of `Digest name=value, …`; null for another scheme. Names in lower case. */
export function parseDigest(value: string): Map<string, string> | null {
  const match = /^\s*Digest\s+(.+)$/is.exec(value);
  if (!match?.[1]) return null;
  const fields = new Map<string, string>();
  for (const part of splitOutsideQuotes(match[1], ',')) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const text = part.slice(equals + 1).trim();
    fields.set(part.slice(0, equals).trim().toLowerCase(), text.replace(/^"(.*)"$/s, '$1'));
  }
  return fields;
}

function matches(fields: Map<string, string>, claim: DigestClaim): boolean {
  const field = (name: string): string => fields.get(name) ?? '';
  const algorithm = field('algorithm').toUpperCase();
  if (field('username') !== claim.user || field('realm') !== claim.realm) return false;
  if (field('qop') !== 'auth' || (algorithm !== '' && algorithm !== 'MD5')) return false;
  if (field('uri').toLowerCase() !== claim.requestUri.toLowerCase() || !field('cnonce'))
    return false;
  const ha1 = md5(`${claim.user}:${claim.realm}:${claim.secret}`);
  const ha2 = md5(`${claim.method}:${field('uri')}`);
  const expected = md5(
    [ha1, field('nonce'), field('nc'), field('cnonce'), field('qop'), ha2].join(':'),
  );
  return equal(field('response'), expected);
}

function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

function equal(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
