import Sqlite, { type Database } from 'better-sqlite3';
import { invariant } from '#shared/errors/index.ts';
import { foldText } from '#shared/util/index.ts';
import { translateSqliteError } from './sqlite-errors.ts';

export type ConnectionRole = 'writer' | 'reader';

export interface ConnectionOptions {
  file: string;
  /** 32 bytes in hex; the database is encrypted with it as it is, nothing is derived */
  keyHex: string;
  role: ConnectionRole;
  /** false only in tests: commits then do not wait for the disk */
  durable?: boolean;
}

const KEY_FORMAT = /^[0-9a-f]{64}$/;
/** Decrypting a page costs more than finding it: the cache is far above SQLite's 2 MB. */
const CACHE_KIB = { writer: 24 * 1024, reader: 32 * 1024 } as const;
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the encrypted file. Memory mapping stays off: pages on disk are ciphertext, so a mapping
 * would be read through the cipher all the same.
 * @throws AppError `store.corrupt` when the key is not the file's key, or it is no database
 */
export function openConnection(options: ConnectionOptions): Database {
  invariant(KEY_FORMAT.test(options.keyHex), 'a store key is 64 hex digits');
  try {
    const database = new Sqlite(options.file, {
      readonly: options.role === 'reader',
      timeout: BUSY_TIMEOUT_MS,
    });
    try {
      configure(database, options);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  } catch (error) {
    throw translateSqliteError(error);
  }
}

function configure(database: Database, { keyHex, role, durable = true }: ConnectionOptions): void {
  database.pragma("cipher = 'sqlcipher'");
  database.pragma(`key = "x'${keyHex}'"`);
  database.pragma(`cache_size = -${CACHE_KIB[role]}`);
  database.pragma('temp_store = MEMORY');
  // rows of other nodes may arrive in any order, so references are not enforced (sync)
  database.pragma('foreign_keys = OFF');
  if (role === 'writer') configureWriter(database, durable);
  // the first read of a page proves the key
  database.prepare('SELECT count(*) FROM sqlite_schema').get();
  database.function('fold_text', { deterministic: true }, (text) =>
    typeof text === 'string' ? foldText(text) : null,
  );
}

function configureWriter(database: Database, durable: boolean): void {
  database.pragma('journal_mode = WAL');
  database.pragma(`synchronous = ${durable ? 'FULL' : 'OFF'}`);
  // checkpoints run when the queue is empty, not inside somebody's commit
  database.pragma('wal_autocheckpoint = 0');
}
