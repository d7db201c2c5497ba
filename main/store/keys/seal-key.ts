import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';

/**
 * A store key encrypted under something that a person knows: AES-256-GCM with a key from scrypt
 * (RFC 7914). `sealed` is the ciphertext followed by the 16-byte tag; bytes are base64.
 */
export const sealedKey = z.object({
  kdf: z.object({
    name: z.literal('scrypt'),
    cost: z.number().int(),
    blockSize: z.number().int(),
    parallelization: z.number().int(),
    salt: z.string(),
  }),
  iv: z.string(),
  sealed: z.string(),
});
export type SealedKey = z.infer<typeof sealedKey>;

/**
 * scrypt's N: 128 MB and about half a second for words a person chose; a recovery code has 150 bits
 * of its own and needs no stretching to speak of.
 */
export const SCRYPT_COST = { passphrase: 2 ** 17, recoveryCode: 2 ** 14 } as const;
/** What we would accept from a file: a hostile one must not make us fill the memory. */
const MAX_COST = 2 ** 20;
const MAX_BLOCK_SIZE = 8;
const MAX_PARALLELIZATION = 4;
const TAG_BYTES = 16;
const IV_BYTES = 12;

type Kdf = SealedKey['kdf'];

/** @param boundTo text that must be the same when it is opened: the store's id and kind */
export async function sealKey(
  key: Uint8Array,
  secret: string,
  boundTo: string,
  cost: number,
): Promise<SealedKey> {
  const kdf: Kdf = {
    name: 'scrypt',
    cost,
    blockSize: 8,
    parallelization: 1,
    salt: randomBytes(16).toString('base64'),
  };
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', await derive(secret, kdf), iv);
  cipher.setAAD(Buffer.from(boundTo));
  const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  return { kdf, iv: iv.toString('base64'), sealed: sealed.toString('base64') };
}

/** @returns null when the secret is not the one it was sealed with, or it was altered */
export async function openSealedKey(
  from: SealedKey,
  secret: string,
  boundTo: string,
): Promise<Uint8Array | null> {
  const sealed = Buffer.from(from.sealed, 'base64');
  if (sealed.length <= TAG_BYTES || !isAcceptable(from.kdf)) return null;
  const derived = await derive(secret, from.kdf);
  try {
    const decipher = createDecipheriv('aes-256-gcm', derived, Buffer.from(from.iv, 'base64'));
    decipher.setAAD(Buffer.from(boundTo));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    // GCM says only that something differs: a wrong secret and an altered file look the same
    return null;
  }
}

function isAcceptable({ cost, blockSize, parallelization }: Kdf): boolean {
  const isPowerOfTwo = cost > 1 && 2 ** Math.round(Math.log2(cost)) === cost;
  return (
    isPowerOfTwo &&
    cost <= MAX_COST &&
    blockSize >= 1 &&
    blockSize <= MAX_BLOCK_SIZE &&
    parallelization >= 1 &&
    parallelization <= MAX_PARALLELIZATION
  );
}

function derive(secret: string, kdf: Kdf): Promise<Buffer> {
  const { cost, blockSize, parallelization } = kdf;
  const memory = 128 * cost * blockSize * parallelization;
  const options = { cost, blockSize, parallelization, maxmem: 2 * memory };
  return new Promise((resolve, reject) => {
    scrypt(secret.normalize('NFKC'), Buffer.from(kdf.salt, 'base64'), 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
