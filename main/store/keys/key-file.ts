import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { writeFileAtomic } from '../files/write-file-atomic.ts';

const FORMAT = /^[0-9a-f]{64}$/;

/** Reads a key of 64 hex digits. */
export function readKeyFile(path: string): Uint8Array {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new AppError('store.key-file-missing', 'the key file cannot be read', {
      details: { path },
      cause,
    });
  }
  if (!FORMAT.test(text)) {
    throw new AppError('store.key-file-invalid', 'a key file holds 64 hex digits', {
      details: { path },
    });
  }
  return Buffer.from(text, 'hex');
}

/** Reads the key file, or writes a new one that its owner alone can read. */
export function readOrCreateKeyFile(path: string): Uint8Array {
  return existsSync(path) ? readKeyFile(path) : writeKeyFile(path, randomBytes(32));
}

/**
 * Writes a key where no file is; a file with the same key is left as it is.
 * @throws AppError `store.key-file-exists` rather than lose another store's key
 */
export function writeKeyFile(path: string, key: Uint8Array): Uint8Array {
  if (existsSync(path)) {
    if (timingSafeEqual(readKeyFile(path), key)) return key;
    throw new AppError('store.key-file-exists', 'this file holds the key of another store', {
      details: { path },
    });
  }
  writeWhole(path, `${Buffer.from(key).toString('hex')}\n`);
  return key;
}

/** A crash leaves no file or the whole key: half a key would keep the store from ever being made. */
function writeWhole(path: string, text: string): void {
  try {
    writeFileAtomic(path, text);
  } catch (cause) {
    throw new AppError('store.key-file-unwritable', 'the key file cannot be written', {
      details: { path },
      cause,
    });
  }
}

/**
 * A key beside what it opens protects nothing: only practice stores may keep it there.
 * @throws AppError `store.key-file-inside`
 */
export function assertKeyFilePlace(path: string, dataDir: string, kind: StoreKind): void {
  const inside = relative(resolve(dataDir), resolve(path));
  const isInside = !inside.startsWith('..') && !isAbsolute(inside);
  if (isInside && kind === 'real') {
    throw new AppError(
      'store.key-file-inside',
      'the key file of a real store must be outside its data directory',
      { details: { path } },
    );
  }
}
