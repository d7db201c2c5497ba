import Sqlite, { type Database } from 'better-sqlite3';
import { invariant } from '#shared/errors/index.ts';
import { foldText } from '#shared/util/index.ts';
import { translateSqliteError } from './sqlite-errors.ts';

/** `checkpointer`: folds the log of the writer into the file, and writes nothing of its own */
export type ConnectionRole = 'writer' | 'reader' | 'checkpointer';

export interface ConnectionOptions {
  file: string;
  /** 32 bytes in hex; the database is encrypted with it as it is, nothing is derived */
  keyHex: string;
  role: ConnectionRole;
  /** false only in tests: commits then do not wait for the disk */
  durable?: boolean;
}

/**
 * New files are written with SQLCipher's AES-CBC and HMAC; some were made with AEGIS-256. Both encrypt and authenticate
 * each page; a page costs 16 µs with the first and 1 µs with the second, which is held back (docs/adr/0036).
 */
const CIPHERS = ['sqlcipher', 'aegis'] as const;
type Cipher = (typeof CIPHERS)[number];

const KEY_FORMAT = /^[0-9a-f]{64}$/;
/** Decrypting a page costs more than finding it: the cache is far above SQLite's 2 MB. */
const CACHE_KIB = { writer: 24 * 1024, reader: 32 * 1024, checkpointer: 512 } as const;
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the encrypted file. Memory mapping stays off: pages on disk are ciphertext, so a mapping
 * would be read through the cipher all the same.
 * @throws AppError `store.corrupt` when the key is not the file's key, or it is no database
 */
export function openConnection(options: ConnectionOptions): Database {
  invariant(KEY_FORMAT.test(options.keyHex), 'a store key is 64 hex digits');
  try {
    return openWith(CIPHERS[0], options);
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || error.code !== 'SQLITE_NOTADB') {
      throw translateSqliteError(error);
    }
  }
  try {
    return openWith(CIPHERS[1], options);
  } catch (error) {
    throw translateSqliteError(error);
  }
}

function openWith(cipher: Cipher, options: ConnectionOptions): Database {
  const database = new Sqlite(options.file, {
    readonly: options.role === 'reader',
    timeout: BUSY_TIMEOUT_MS,
  });
  try {
    configure(database, cipher, options);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function configure(
  database: Database,
  cipher: Cipher,
  { keyHex, role, durable = true }: ConnectionOptions,
): void {
  database.pragma(`cipher = '${cipher}'`);
  database.pragma(`key = "x'${keyHex}'"`);
  database.pragma(`cache_size = -${CACHE_KIB[role]}`);
  database.pragma('temp_store = MEMORY');
  // rows of other nodes may arrive in any order, so references are not enforced (sync)
  database.pragma('foreign_keys = OFF');
  if (role === 'writer') configureWriter(database, durable);
  if (role === 'checkpointer') database.pragma('wal_autocheckpoint = 0');
  // the first read of a page proves the key
  database.prepare('SELECT count(*) FROM sqlite_schema').get();
  database.function('fold_text', { deterministic: true }, (text) =>
    typeof text === 'string' ? foldText(text) : null,
  );
}

function configureWriter(database: Database, durable: boolean): void {
  database.pragma('journal_mode = WAL');
  // what an erasure takes out of a row is overwritten in its page, where that costs no further page
  database.pragma('secure_delete = FAST');
  database.pragma(`synchronous = ${durable ? 'FULL' : 'OFF'}`);
  // checkpoints run when the queue is empty, not inside somebody's commit
  database.pragma('wal_autocheckpoint = 0');
}
