import { AppError } from '#shared/errors/index.ts';
import { sealForRecovery } from '../create-store.ts';
import { lockDirectory } from '../files/directory-lock.ts';
import { writeKeyFile } from './key-file.ts';
import {
  type KeyProvider,
  obtainKey,
  type ProtectingProvider,
  protectKey,
} from './key-provider.ts';
import { createRecoveryCode } from './recovery-code.ts';
import { readStoreFile, writeStoreFile } from './store-file.ts';

/**
 * Puts the same key under another protector and makes a new recovery code: after a recovery, a
 * forgotten passphrase, or a move to another machine. The database is not touched; the old
 * protector and the old code open nothing any more.
 * @returns the new recovery code, to be shown once
 */
export async function changeKeyProtection(
  dataDir: string,
  opener: KeyProvider,
  next: ProtectingProvider,
): Promise<{ recoveryCode: string }> {
  const lock = lockDirectory(dataDir);
  try {
    const file = readStoreFile(dataDir);
    if (!file) throw new AppError('store.not-found', 'there is no store in this directory');
    const key = await obtainKey(file, opener);
    const protector = await protectKey(key, next, file, dataDir);
    if (next.kind === 'keyFile') writeKeyFile(next.path, key);
    const recoveryCode = createRecoveryCode();
    const recovery = await sealForRecovery(key, recoveryCode, file);
    writeStoreFile(dataDir, { ...file, protector, recovery });
    return { recoveryCode };
  } finally {
    lock.release();
  }
}
