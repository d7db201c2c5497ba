import { createHash, createHmac, createPrivateKey, randomUUID, sign } from 'node:crypto';
import type { AdapterParts } from '../../../types.ts';
import { basic, sameText } from '../common/gateway-parts.ts';

const LIFETIME_S = 300;

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of the application, RS256; null without one. @throws when the private key is none */
export function vonageToken(applicationId: string, privateKey: string, nowMs: number): string {
  const iat = Math.floor(nowMs / 1_000);
  const claims = { application_id: applicationId, iat, exp: iat + LIFETIME_S, jti: randomUUID() };
  const signed = `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(claims)}`;
  const signature = sign('RSA-SHA256', Buffer.from(signed), createPrivateKey(privateKey));
  return `${signed}.${signature.toString('base64url')}`;
}

/** Reports and lists are of the account; messages of the application when there is one. */
export function accountLogin(parts: AdapterParts<'vonage'>): string {
  return basic(parts.settings.apiKey, parts.secrets.apiSecret ?? '');
}

/** @returns null when the private key cannot be read */
export function messagesLogin(parts: AdapterParts<'vonage'>): string | null {
  const { settings, secrets, clock } = parts;
  if (settings.applicationId === '' || !secrets.privateKey) return accountLogin(parts);
  try {
    return `Bearer ${vonageToken(settings.applicationId, secrets.privateKey, clock.now())}`;
  } catch {
    return null;
  }
}

/**
 * Whether a webhook was signed with the account's signature secret: HS256 over the token, and the token names the digest of
 * the body. Its age is not looked at: Vonage repeats for a day, and a report that comes twice does nothing twice.
 * @see RFC 7519
 */
export function isVonageSigned(
  secret: string,
  authorization: string | undefined,
  body: Uint8Array,
): boolean {
  const token = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization ?? '');
  const [, head = '', claims = '', signature = ''] = token ?? [];
  const algorithm = parse(head)?.alg;
  const payloadHash = parse(claims)?.payload_hash;
  if (algorithm !== 'HS256' || typeof payloadHash !== 'string') return false;
  const expected = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');
  if (!sameText(expected, signature)) return false;
  return sameText(createHash('sha256').update(body).digest('hex'), payloadHash.toLowerCase());
}

function parse(part: string): Record<string, unknown> | null {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  } catch {
    return null;
  }
}
