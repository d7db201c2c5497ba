import Sqlite from 'better-sqlite3';
import { AppError } from '#shared/errors/index.ts';

/** Kinds that callers treat differently; the code of the AppError is `store.<kind>`. */
export type SqliteErrorKind = 'busy' | 'full' | 'read-only' | 'corrupt' | 'constraint' | 'other';

/** Sorts an SQLite result code (extended codes included, such as `SQLITE_BUSY_SNAPSHOT`). */
export function sqliteErrorKind(code: string): SqliteErrorKind {
  const primary = code.split('_').slice(0, 2).join('_');
  switch (primary) {
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return 'busy';
    case 'SQLITE_FULL':
      return 'full';
    case 'SQLITE_READONLY':
    case 'SQLITE_PERM':
    case 'SQLITE_CANTOPEN':
      return 'read-only';
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return 'corrupt';
    case 'SQLITE_CONSTRAINT':
      return 'constraint';
    default:
      return 'other';
  }
}

/**
 * Turns an error of SQLite into an AppError with its kind; others are returned as they are.
 * The message of a constraint names columns, never values, so it may be logged.
 */
export function translateSqliteError(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  const kind = sqliteErrorKind(error.code);
  return new AppError(`store.${kind}`, error.message, {
    details: { sqliteCode: error.code },
    cause: error,
    retryable: kind === 'busy' || kind === 'full',
  });
}
