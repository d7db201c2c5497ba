import type { Database } from 'better-sqlite3';
import { AppError, invariant } from '#shared/errors/index.ts';
import type { Migration } from './migration.ts';

/**
 * Brings the schema up to the newest of `migrations`. Each step is one transaction together with
 * its number (`PRAGMA user_version`), so a crash between two steps goes on with the next.
 * @returns the version before and after
 * @throws AppError `store.newer-schema` for a store that a later program has written
 */
export function runMigrations(
  database: Database,
  migrations: readonly Migration[],
): { from: number; to: number } {
  const from = schemaVersion(database);
  if (from > migrations.length) {
    throw new AppError('store.newer-schema', 'this store was written by a newer Dialdesk', {
      details: { storeVersion: from, knownVersion: migrations.length },
    });
  }
  for (const [index, migration] of migrations.entries()) {
    invariant(migration.version === index + 1, `migration ${migration.name} is out of order`);
    if (migration.version > from) runOne(database, migration);
  }
  return { from, to: migrations.length };
}

export function schemaVersion(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

function runOne(database: Database, migration: Migration): void {
  database
    .transaction(() => {
      database.exec(migration.sql);
      database.pragma(`user_version = ${migration.version}`);
    })
    .immediate();
}
