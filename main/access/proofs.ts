import { createCipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export interface Nonces {
  /** 32 bytes in hex */
  serverNonce: string;
  clientNonce: string;
}

const bytes = (hex: string) => Buffer.from(hex, 'hex');

/** HMAC-SHA256(secret, "client" ‖ serverNonce ‖ clientNonce), as `shared/contract/protocol.ts` says. */
export function clientProof(secretHex: string, nonces: Nonces): string {
  return hmac(secretHex, 'client', nonces.serverNonce, nonces.clientNonce);
}

/** HMAC-SHA256(secret, "server" ‖ clientNonce ‖ serverNonce) */
export function serverProof(secretHex: string, nonces: Nonces): string {
  return hmac(secretHex, 'server', nonces.clientNonce, nonces.serverNonce);
}

function hmac(secretHex: string, label: string, first: string, second: string): string {
  return createHmac('sha256', bytes(secretHex))
    .update(label, 'utf8')
    .update(bytes(first))
    .update(bytes(second))
    .digest('hex');
}

/** Compares two proofs in constant time; different lengths are unequal. */
export function sameProof(left: string, right: string): boolean {
  const [a, b] = [bytes(left), bytes(right)];
  return a.length === b.length && a.length > 0 && timingSafeEqual(a, b);
}

/**
 * Encrypts a new credential's secret for the holder of a login code.
 * @param ivHex 12 random bytes
 * @returns ciphertext and 16-byte tag, in hex
 * @see RFC 5869, NIST SP 800-38D
 */
export function sealSecret(
  codeHex: string,
  secretHex: string,
  nonces: Nonces,
  ivHex: string,
): string {
  const salt = Buffer.concat([bytes(nonces.serverNonce), bytes(nonces.clientNonce)]);
  const key = hkdfSync('sha256', bytes(codeHex), salt, 'dialdesk credential', 32);
  const cipher = createCipheriv('aes-256-gcm', new Uint8Array(key), bytes(ivHex));
  const sealed = Buffer.concat([cipher.update(bytes(secretHex)), cipher.final()]);
  return Buffer.concat([sealed, cipher.getAuthTag()]).toString('hex');
}
