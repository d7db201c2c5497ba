import { createHash, randomBytes } from 'node:crypto';

export interface DigestAccount {
  user: string;
  password: string;
  realm: string;
}

export type DigestVerdict = 'accepted' | 'absent' | 'wrong';

const nonceLifetimeMs = 300_000;

/** Challenges and checks credentials: MD5 with qop=auth (RFC 2617 §3.2, as RFC 3261 §22 uses it). */
export class DigestGate {
  readonly #account: DigestAccount;
  readonly #now: () => number;
  readonly #nonces = new Map<string, number>();

  constructor(account: DigestAccount, now: () => number) {
    this.#account = account;
    this.#now = now;
  }

  /** Value of WWW-Authenticate or Proxy-Authenticate. */
  challenge(): string {
    const now = this.#now();
    for (const [nonce, issuedAt] of this.#nonces) {
      if (now - issuedAt > nonceLifetimeMs) this.#nonces.delete(nonce);
    }
    const nonce = randomBytes(16).toString('hex');
    this.#nonces.set(nonce, now);
    return `Digest realm="${this.#account.realm}", nonce="${nonce}", algorithm=MD5, qop="auth"`;
  }

  /** @param credentials value of Authorization or Proxy-Authorization, empty when there is none */
  check(credentials: string, method: string): DigestVerdict {
    if (!/^Digest\s/i.test(credentials)) return 'absent';
    const field = (name: string) => readField(credentials, name);
    const issuedAt = this.#nonces.get(field('nonce'));
    // An old nonce is not a wrong password: it is asked again with a new one.
    if (issuedAt === undefined || this.#now() - issuedAt > nonceLifetimeMs) return 'absent';
    if (field('username') !== this.#account.user) return 'wrong';
    return field('response') === this.#expected(method, field) ? 'accepted' : 'wrong';
  }

  #expected(method: string, field: (name: string) => string): string {
    const { user, password, realm } = this.#account;
    const secretHash = md5(`${user}:${realm}:${password}`);
    const requestHash = md5(`${method}:${field('uri')}`);
    const middle = field('qop')
      ? `${field('nonce')}:${field('nc')}:${field('cnonce')}:${field('qop')}`
      : field('nonce');
    return md5(`${secretHash}:${middle}:${requestHash}`);
  }
}

function readField(credentials: string, name: string): string {
  const match = new RegExp(`[\\s,]${name}=(?:"([^"]*)"|([^\\s,]*))`, 'i').exec(credentials);
  return match?.[1] ?? match?.[2] ?? '';
}

function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}
