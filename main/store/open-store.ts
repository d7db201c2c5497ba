import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { assembleStore } from './assemble-store.ts';
import { openConnection } from './connection/open-connection.ts';
import { createThreadWriter } from './connection/thread-writer.ts';
import { finishCreation } from './create-store.ts';
import { databaseFile } from './files/data-directory.ts';
import { type DirectoryLock, lockDirectory } from './files/directory-lock.ts';
import { removeEngineFile } from './files/engine-file.ts';
import { type KeyProvider, obtainKey } from './keys/key-provider.ts';
import { readStoreFile, type StoreFile } from './keys/store-file.ts';
import { migrations, runMigrations } from './migrations/index.ts';
import { readStoreMeta, type StoreMeta } from './store-meta.ts';
import type { Store } from './types.ts';

export interface OpenStoreOptions {
  dataDir: string;
  keyProvider: KeyProvider;
  /** refuses a store of the other kind */
  storeKind?: StoreKind;
  /** the writer thread has died: nothing can be made durable any more, the engine must end */
  onWriterLost?: (error: AppError) => void;
  /** the program of the writer thread; the product's own when absent */
  writerEntry?: URL;
}

/** A store that this process holds. Closing it gives the directory free. */
export interface OpenStore extends Store {
  readonly dataDir: string;
  readonly meta: StoreMeta;
  /** for threads of this process that open a reading connection of their own; goes nowhere else */
  readonly connection: { readonly file: string; readonly keyHex: string };
}

/**
 * Opens a store for this process alone: takes the directory, gets the key, migrates, starts the
 * writer thread.
 * @throws AppError `store.not-found`, `store.in-use`, `store.wrong-kind`, `store.newer-schema`,
 * `store.corrupt`, and those of `obtainKey`
 */
export async function openStore(options: OpenStoreOptions): Promise<OpenStore> {
  const { dataDir } = options;
  const storeFile = requireStoreFile(options);
  const lock = lockDirectory(dataDir);
  try {
    const keyHex = Buffer.from(await obtainKey(storeFile, options.keyProvider)).toString('hex');
    finishCreation(dataDir);
    const meta = migrateAndCheck(dataDir, keyHex, storeFile);
    return await startStore(options, keyHex, meta, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function requireStoreFile({ dataDir, storeKind }: OpenStoreOptions): StoreFile {
  const storeFile = readStoreFile(dataDir);
  if (!storeFile) {
    throw new AppError('store.not-found', 'there is no store in this directory', {
      details: { dataDir },
    });
  }
  if (storeKind !== undefined && storeFile.storeKind !== storeKind) {
    throw new AppError('store.wrong-kind', `this is a ${storeFile.storeKind} store`, {
      details: { storeKind: storeFile.storeKind },
    });
  }
  return storeFile;
}

/** The store's own word on what it is must agree with the file beside it. */
function migrateAndCheck(dataDir: string, keyHex: string, storeFile: StoreFile): StoreMeta {
  const database = openConnection({ file: databaseFile(dataDir), keyHex, role: 'writer' });
  try {
    runMigrations(database, migrations);
    const meta = readStoreMeta(database);
    if (meta.storeId !== storeFile.storeId || meta.storeKind !== storeFile.storeKind) {
      throw new AppError('store.wrong-kind', 'store.json and the store do not agree', {
        details: { storeKind: meta.storeKind },
      });
    }
    return meta;
  } finally {
    database.close();
  }
}

async function startStore(
  { dataDir, onWriterLost, writerEntry }: OpenStoreOptions,
  keyHex: string,
  meta: StoreMeta,
  lock: DirectoryLock,
): Promise<OpenStore> {
  const file = databaseFile(dataDir);
  const lost = (error: AppError) => onWriterLost?.(error);
  const writer = await createThreadWriter({ file, keyHex }, lost, writerEntry);
  const store = assembleStore(openConnection({ file, keyHex, role: 'reader' }), writer);
  let closing: Promise<void> | null = null;
  return {
    ...store,
    dataDir,
    meta,
    connection: { file, keyHex },
    close() {
      closing ??= store.close().finally(() => {
        removeEngineFile(dataDir);
        lock.release();
      });
      return closing;
    },
  };
}
