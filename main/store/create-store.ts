import { existsSync, renameSync, rmSync } from 'node:fs';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import { openConnection } from './connection/open-connection.ts';
import {
  databaseFile,
  makeDataDirectory,
  makePrivateFile,
  storeExists,
  unfinishedDatabaseFile,
} from './files/data-directory.ts';
import { lockDirectory } from './files/directory-lock.ts';
import { syncDirectory } from './files/write-file-atomic.ts';
import { createIdSource } from './ids.ts';
import { assertKeyFilePlace } from './keys/key-file.ts';
import { newStoreKey, type ProtectingProvider, protectKey } from './keys/key-provider.ts';
import { createRecoveryCode, normalizeRecoveryCode } from './keys/recovery-code.ts';
import { SCRYPT_COST, sealKey } from './keys/seal-key.ts';
import { keyCheckOf, type StoreFile, sealBinding, writeStoreFile } from './keys/store-file.ts';
import { prepareDatabase } from './prepare-database.ts';
import type { StoreMeta } from './store-meta.ts';
import { systemClock, systemRandom } from './system-clock.ts';

export interface CreateStoreOptions {
  dataDir: string;
  /** fixed for the life of the store */
  storeKind: StoreKind;
  keyProvider: ProtectingProvider;
  clock?: Clock;
}

/**
 * Makes a new store. The database is finished under another name, then `store.json` is written,
 * then it takes its name: a crash leaves nothing, or a store that opens.
 * @returns the recovery code, to be shown once; it is kept nowhere
 * @throws AppError `store.exists`, `store.in-use`, `store.key-file-inside`
 */
export async function createStore(options: CreateStoreOptions): Promise<{ recoveryCode: string }> {
  const { dataDir } = options;
  makeDataDirectory(dataDir);
  const lock = lockDirectory(dataDir);
  try {
    if (storeExists(dataDir) || existsSync(databaseFile(dataDir))) {
      throw new AppError('store.exists', 'this directory holds a store already', {
        details: { dataDir },
      });
    }
    return await createLocked(options);
  } finally {
    lock.release();
  }
}

async function createLocked(options: CreateStoreOptions): Promise<{ recoveryCode: string }> {
  const { dataDir, storeKind, keyProvider, clock = systemClock } = options;
  if (keyProvider.kind === 'keyFile') assertKeyFilePlace(keyProvider.path, dataDir, storeKind);
  const ids = createIdSource(clock, systemRandom);
  const identity = { storeId: ids.next(), storeKind, createdAt: clock.now() };
  const key = newStoreKey(keyProvider);
  const recoveryCode = createRecoveryCode();
  const content: StoreFile = {
    format: 1,
    ...identity,
    protector: await protectKey(key, keyProvider, identity, dataDir),
    recovery: await sealForRecovery(key, recoveryCode, identity),
    keyCheck: keyCheckOf(key),
  };
  writeDatabase(dataDir, key, { ...identity, nodeId: ids.next() }, { clock, ids });
  writeStoreFile(dataDir, content);
  finishCreation(dataDir);
  return { recoveryCode };
}

function writeDatabase(
  dataDir: string,
  key: Uint8Array,
  meta: StoreMeta,
  sources: { clock: Clock; ids: IdSource },
): void {
  const file = unfinishedDatabaseFile(dataDir);
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  makePrivateFile(file);
  const keyHex = Buffer.from(key).toString('hex');
  const database = openConnection({ file, keyHex, role: 'writer' });
  try {
    prepareDatabase(database, meta, sources);
  } finally {
    // the last connection folds the log into the file, so that one file can be renamed
    database.close();
  }
}

/** Seals the key for the admin's code. */
export function sealForRecovery(
  key: Uint8Array,
  recoveryCode: string,
  identity: Pick<StoreFile, 'storeId' | 'storeKind'>,
) {
  const secret = normalizeRecoveryCode(recoveryCode);
  return sealKey(key, secret, sealBinding(identity), SCRYPT_COST.recoveryCode);
}

/** Gives the finished database its name; also after a crash between the two last steps. */
export function finishCreation(dataDir: string): void {
  const unfinished = unfinishedDatabaseFile(dataDir);
  if (!existsSync(unfinished) || existsSync(databaseFile(dataDir))) return;
  renameSync(unfinished, databaseFile(dataDir));
  syncDirectory(dataDir);
}
