/** The client's half of the challenge in `shared/contract/protocol.ts`, on Web Crypto. All values are hex. */

export interface Nonces {
  serverNonce: string;
  clientNonce: string;
}

type Bytes = Uint8Array<ArrayBuffer>;

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function bytesOf(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function newNonce(): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(32)));
}

function concat(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

const labelled = (label: string, first: string, second: string): Bytes =>
  concat(new TextEncoder().encode(label), bytesOf(first), bytesOf(second));

const HMAC = { name: 'HMAC', hash: 'SHA-256' } as const;

async function hmacKey(secretHex: string) {
  return crypto.subtle.importKey('raw', bytesOf(secretHex), HMAC, false, ['sign', 'verify']);
}

export async function proveClient(secretHex: string, nonces: Nonces): Promise<string> {
  const text = labelled('client', nonces.serverNonce, nonces.clientNonce);
  const proof = await crypto.subtle.sign('HMAC', await hmacKey(secretHex), text);
  return hexOf(new Uint8Array(proof));
}

/** In constant time, as `verify` is. */
export async function verifyServer(
  secretHex: string,
  nonces: Nonces,
  proof: string,
): Promise<boolean> {
  const text = labelled('server', nonces.clientNonce, nonces.serverNonce);
  return crypto.subtle.verify('HMAC', await hmacKey(secretHex), bytesOf(proof), text);
}

/**
 * Opens the credential that an engine sealed for the holder of a login code.
 * @throws when it was not sealed with this code and these nonces
 */
export async function openSealedSecret(
  codeHex: string,
  nonces: Nonces,
  sealed: { iv: string; sealedSecret: string },
): Promise<string> {
  const material = await crypto.subtle.importKey('raw', bytesOf(codeHex), 'HKDF', false, [
    'deriveKey',
  ]);
  const key = await crypto.subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: concat(bytesOf(nonces.serverNonce), bytesOf(nonces.clientNonce)),
      info: new TextEncoder().encode('dialdesk credential'),
    },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['decrypt'],
  );
  const secret = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: bytesOf(sealed.iv) },
    key,
    bytesOf(sealed.sealedSecret),
  );
  return hexOf(new Uint8Array(secret));
}
