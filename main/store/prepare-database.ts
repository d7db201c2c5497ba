import type { Database } from 'better-sqlite3';
import type { Clock, IdSource } from '#shared/util/index.ts';
import { createBatchRunner } from './connection/batch-runner.ts';
import { migrations, runMigrations } from './migrations/index.ts';
import { seedStore } from './seed.ts';
import { type StoreMeta, writeStoreMeta } from './store-meta.ts';

/** Makes the tables of a new, empty store and what it starts with. */
export function prepareDatabase(
  database: Database,
  meta: StoreMeta,
  { clock, ids }: { clock: Clock; ids: IdSource },
): void {
  runMigrations(database, migrations);
  writeStoreMeta(database, meta);
  createBatchRunner({ database, writes: {}, clock, ids }).runNow(seedStore);
}
