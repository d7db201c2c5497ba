import type { Database, Statement } from 'better-sqlite3';
import type { ReadDb } from '../types.ts';
import { translateSqliteError } from './sqlite-errors.ts';

/** Texts are constant, so this is never reached in practice; it bounds a caller's mistake. */
const MAX_STATEMENTS = 1_000;

/** Prepares each text once. */
export function createStatementCache(database: Database): (sql: string) => Statement {
  const statements = new Map<string, Statement>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size >= MAX_STATEMENTS) statements.clear();
    const statement = database.prepare(sql) as Statement;
    statements.set(sql, statement);
    return statement;
  };
}

/** Wraps a connection for reading. Errors of SQLite come out as AppError `store.<kind>`. */
export function createReadDb(database: Database): ReadDb {
  const prepare = createStatementCache(database);
  const translated = <Value>(run: () => Value): Value => {
    try {
      return run();
    } catch (error) {
      throw translateSqliteError(error);
    }
  };
  const methods: Omit<ReadDb, symbol> = {
    prepare: (sql) => translated(() => prepare(sql)),
    all: <Row>(sql: string, ...params: unknown[]) =>
      translated(() => prepare(sql).all(...params) as Row[]),
    get: <Row>(sql: string, ...params: unknown[]) =>
      translated(() => prepare(sql).get(...params) as Row | undefined),
    snapshot: (read) => (database.inTransaction ? read() : translated(database.transaction(read))),
  };
  return methods as ReadDb;
}
