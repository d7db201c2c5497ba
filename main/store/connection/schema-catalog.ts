import type { Database } from 'better-sqlite3';
import { invariant } from '#shared/errors/index.ts';
import { type TableRule, tableRules } from '../table-classes.ts';

/** Tables and columns as they are in the file: names from elsewhere are checked against it. */
export interface SchemaCatalog {
  columns(table: string): ReadonlySet<string>;
  rule(table: string): TableRule;
}

export function readSchemaCatalog(database: Database): SchemaCatalog {
  const tables = database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .all() as { name: string }[];
  const columns = new Map(tables.map(({ name }) => [name, columnsOf(database, name)]));
  return {
    columns(table) {
      const known = columns.get(table);
      invariant(known, `there is no table ${table}`);
      return known;
    },
    rule(table) {
      const rule = tableRules[table];
      invariant(rule, `table ${table} has no class: see table-classes.ts`);
      return rule;
    },
  };
}

function columnsOf(database: Database, table: string): ReadonlySet<string> {
  const rows = database.prepare('SELECT name FROM pragma_table_info(?)').all(table);
  return new Set((rows as { name: string }[]).map((row) => row.name));
}
