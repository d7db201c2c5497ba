import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { storeKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { writeFileAtomic } from '../files/write-file-atomic.ts';
import { sealedKey } from './seal-key.ts';

/** Who guards the key: the system (through the shell), a passphrase, or a file. */
export const protector = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('os'), wrapped: z.string() }),
  z.object({ kind: z.literal('passphrase'), key: sealedKey }),
  z.object({ kind: z.literal('keyFile') }),
]);
export type Protector = z.infer<typeof protector>;
export type ProtectorKind = Protector['kind'];

/** `store.json`: what is known of a store before its key is. */
export const storeFile = z.object({
  format: z.literal(1),
  storeId: z.string(),
  storeKind,
  createdAt: z.number().int(),
  protector,
  /** the same key, for the admin's recovery code */
  recovery: sealedKey,
  /** tells a wrong key from a damaged database; says nothing about the key */
  keyCheck: z.string(),
});
export type StoreFile = z.infer<typeof storeFile>;

const FILE_NAME = 'store.json';

/** @returns null when the directory holds no store */
export function readStoreFile(dataDir: string): StoreFile | null {
  const text = readIfThere(join(dataDir, FILE_NAME));
  if (text === null) return null;
  try {
    return storeFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('store.corrupt', 'store.json is damaged or of a newer format', { cause });
  }
}

export function writeStoreFile(dataDir: string, content: StoreFile): void {
  writeFileAtomic(join(dataDir, FILE_NAME), `${JSON.stringify(content, null, 2)}\n`);
}

/** Sealed keys are bound to it, so that a store's kind cannot be changed beside the store. */
export function sealBinding(file: Pick<StoreFile, 'storeId' | 'storeKind'>): string {
  return `dialdesk store ${file.storeId} ${file.storeKind}`;
}

export function keyCheckOf(key: Uint8Array): string {
  return createHmac('sha256', key).update('dialdesk key check').digest('hex').slice(0, 32);
}

export function isKeyOf(file: Pick<StoreFile, 'keyCheck'>, key: Uint8Array): boolean {
  const expected = Buffer.from(file.keyCheck);
  const actual = Buffer.from(keyCheckOf(key));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('store.unreadable', 'store.json cannot be read', { cause: error });
  }
}
