import type { Database, Statement } from 'better-sqlite3';
import { AppError, invariant } from '#shared/errors/index.ts';
import type { ReadDb, WriteDb } from '../types.ts';
import type { ChangeLog } from './change-log.ts';
import { createReadDb, createStatementCache } from './read-db.ts';
import type { SchemaCatalog } from './schema-catalog.ts';
import { translateSqliteError } from './sqlite-errors.ts';

export interface WriteDbParts {
  database: Database;
  catalog: SchemaCatalog;
  changes: ChangeLog;
  newId: () => string;
  now: () => number;
}

/** The only write helper: every row it touches leaves its `change` in the same transaction. */
export function createWriteDb(parts: WriteDbParts): WriteDb {
  const read = createReadDb(parts.database);
  const statements = createRowStatements(parts);
  const { changes, catalog } = parts;
  const prepareAny = createStatementCache(parts.database);
  const logged = (table: string) => catalog.rule(table).class !== 'local';

  const update = (table: string, id: string, columns: Readonly<Record<string, unknown>>) => {
    const names = Object.keys(columns);
    if (names.length === 0) return false;
    const result = attempt(() =>
      statements.update(table, names).run(...Object.values(columns).map(toSqlite), id),
    );
    if (result.changes === 0) {
      throw new AppError('store.no-row', `no such row in ${table}`, { details: { table, id } });
    }
    return true;
  };

  const methods: Omit<WriteDb, symbol> = {
    ...readOnly(read),
    insert(table, row) {
      const statement = statements.insert(table, Object.keys(row));
      attempt(() => statement.run(...Object.values(row).map(toSqlite)));
      if (logged(table)) changes.inserted(table, String(row.id));
    },
    inserter(table, columns) {
      const statement = statements.insert(table, columns);
      invariant(columns[0] === 'id', `the first value of a row of ${table} is its id`);
      const isLogged = logged(table);
      return (values) => {
        attempt(() => statement.run(values));
        if (isLogged) changes.inserted(table, values[0] as string);
      };
    },
    update(table, id, columns) {
      if (update(table, id, columns) && logged(table)) {
        changes.updated(table, id, Object.keys(columns));
      }
    },
    remove(table, id) {
      update(table, id, { deletedAt: parts.now() });
      if (logged(table)) changes.removed(table, id);
    },
    run(sql, ...params) {
      assertUnlogged(catalog, sql);
      return { changes: attempt(() => prepareAny(sql).run(...params.map(toSqlite))).changes };
    },
    beginChunk: (label) => changes.beginChunk(label, parts.newId()),
  };
  return methods as WriteDb;
}

/** Statements for whole rows, made once for each set of columns and checked against the schema. */
function createRowStatements({ database, catalog }: WriteDbParts) {
  const known = new Map<string, Statement>();
  const cached = (key: string, sql: () => string): Statement => {
    let statement = known.get(key);
    if (!statement) {
      statement = database.prepare(sql()) as Statement;
      known.set(key, statement);
    }
    return statement;
  };
  return {
    insert(table: string, names: readonly string[]): Statement {
      return cached(`+${table}:${names.join()}`, () => {
        assertColumns(catalog, table, names);
        assertHasId(catalog, table, names);
        return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
      });
    },
    update(table: string, names: readonly string[]): Statement {
      return cached(`=${table}:${names.join()}`, () => {
        assertColumns(catalog, table, [...names, 'id']);
        assertMayChange(catalog, table, names);
        return `UPDATE ${table} SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`;
      });
    },
  };
}

function assertColumns(catalog: SchemaCatalog, table: string, names: readonly string[]): void {
  const columns = catalog.columns(table);
  for (const name of names) invariant(columns.has(name), `${table} has no column ${name}`);
}

function assertHasId(catalog: SchemaCatalog, table: string, names: readonly string[]): void {
  const isLocal = catalog.rule(table).class === 'local';
  invariant(isLocal || names.includes('id'), `a row of ${table} needs an id`);
}

function assertMayChange(catalog: SchemaCatalog, table: string, names: readonly string[]): void {
  const rule = catalog.rule(table);
  invariant(!names.includes('id'), 'ids never change');
  if (rule.class !== 'event') return;
  for (const name of names) {
    invariant(
      rule.lateColumns?.includes(name) === true,
      `${table} holds events: ${name} never changes`,
    );
  }
}

const WRITTEN_TABLE =
  /^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+(\w+)/i;

/** Plain SQL may touch only what no other node ever sees. */
function assertUnlogged(catalog: SchemaCatalog, sql: string): void {
  const table = WRITTEN_TABLE.exec(sql)?.[1];
  invariant(table !== undefined, 'run() takes INSERT, UPDATE or DELETE');
  const tableClass = catalog.rule(table).class;
  invariant(
    tableClass === 'local' || tableClass === 'hostOnly',
    `${table} is synced: use insert, update or remove`,
  );
}

function readOnly(read: ReadDb): Omit<ReadDb, symbol> {
  const checked = (sql: string): string => {
    invariant(read.prepare(sql).readonly, 'statements that write go through insert, update, run');
    return sql;
  };
  return {
    prepare: (sql) => read.prepare(checked(sql)),
    all: <Row>(sql: string, ...params: unknown[]) => read.all<Row>(checked(sql), ...params),
    get: <Row>(sql: string, ...params: unknown[]) => read.get<Row>(checked(sql), ...params),
    snapshot: (run) => run(),
  };
}

function toSqlite(value: unknown): unknown {
  if (value === undefined) return null;
  return typeof value === 'boolean' ? Number(value) : value;
}

function attempt<Value>(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    throw translateSqliteError(error);
  }
}
