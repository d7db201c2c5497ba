import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { AppError } from '#shared/errors/index.ts';
import { sqliteErrorKind, translateSqliteError } from '../connection/sqlite-errors.ts';
import { readEngineFile } from './engine-file.ts';

const FILE_NAME = 'engine.lock';
/** A command that only looks holds the lock for a moment: that must not turn an engine away. */
const WAIT_FOR_PROBE_MS = 200;

/**
 * Holds the data directory for one engine. The lock is the system's own lock on a small file (taken
 * through SQLite, which knows each platform's way), so it ends with the process however it dies; no
 * process id has to be trusted, and none can be taken for another program's.
 */
export interface DirectoryLock {
  release(): void;
}

/** @throws AppError `store.in-use`, with `pid` and `url` of the holder when it has published them */
export function lockDirectory(dataDir: string): DirectoryLock {
  const database = tryLock(dataDir, WAIT_FOR_PROBE_MS);
  if (!database) {
    const holder = readEngineFile(dataDir);
    throw new AppError('store.in-use', 'another engine has this data directory open', {
      details: { dataDir, ...(holder ? { pid: holder.pid, url: holder.url } : {}) },
      retryable: true,
    });
  }
  return { release: () => database.close() };
}

/** Whether an engine holds the directory now. */
export function isDirectoryLocked(dataDir: string): boolean {
  const database = tryLock(dataDir, 0);
  database?.close();
  return database === null;
}

function tryLock(dataDir: string, timeout: number): Database | null {
  const path = join(dataDir, FILE_NAME);
  closeSync(openSync(path, 'a', 0o600));
  const database = new Sqlite(path, { timeout });
  try {
    // nothing is ever written: no journal file beside it
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Sqlite.SqliteError && sqliteErrorKind(error.code) === 'busy') return null;
    throw translateSqliteError(error);
  }
}
