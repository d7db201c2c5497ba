import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { sqliteErrorKind, translateSqliteError } from './sqlite-errors.ts';

describe('errors of SQLite', () => {
  it.each([
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_LOCKED', 'busy'],
    ['SQLITE_FULL', 'full'],
    ['SQLITE_READONLY_DIRECTORY', 'read-only'],
    ['SQLITE_CANTOPEN', 'read-only'],
    ['SQLITE_CORRUPT_INDEX', 'corrupt'],
    ['SQLITE_NOTADB', 'corrupt'],
    ['SQLITE_CONSTRAINT_PRIMARYKEY', 'constraint'],
    ['SQLITE_IOERR_WRITE', 'other'],
  ])('%s is %s', (code, kind) => {
    expect(sqliteErrorKind(code)).toBe(kind);
    const busyOrFull = kind === 'busy' || kind === 'full';
    expect(translateSqliteError(new Sqlite.SqliteError('m', code))).toMatchObject({
      code: `store.${kind}`,
      retryable: busyOrFull,
    });
  });

  it('leaves other errors alone', () => {
    const error = new Error('not from SQLite');
    expect(translateSqliteError(error)).toBe(error);
  });
});
