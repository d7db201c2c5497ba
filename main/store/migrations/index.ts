import { migration0001 } from './0001-first-tables.ts';
import { migration0002 } from './0002-debtors-at-scale.ts';
import { migration0003 } from './0003-contact-rules.ts';
import { migration0004 } from './0004-dialer.ts';
import { migration0005 } from './0005-messages.ts';
import type { Migration } from './migration.ts';

/** In order, without gaps; append only. */
export const migrations: readonly Migration[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
];

export const latestSchemaVersion = migrations.length;

export type { Migration } from './migration.ts';
export { runMigrations } from './run-migrations.ts';
