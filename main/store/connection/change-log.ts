import type { Database } from 'better-sqlite3';
import { invariant } from '#shared/errors/index.ts';
import { createHybridClock, type HybridClock } from '../hlc.ts';

/** What a chunk did, as it stands in `change.columnsJson`. */
export interface ChunkContent {
  label: string;
  count: number;
  /** ids of inserted rows by table */
  tables: Record<string, string[]>;
  /** ids of changed rows, by table and by which columns changed */
  updated: { table: string; columns: string[]; ids: string[] }[];
}

/**
 * Writes the `change` rows. They name columns and hold no values: values are read from the row when
 * they are sent, so content that was erased from a row is not kept here, and secrets are not copied.
 * An insert names `["*"]`: every column of its schema version.
 */
export interface ChangeLog {
  inserted(table: string, rowId: string): void;
  updated(table: string, rowId: string, columns: readonly string[]): void;
  removed(table: string, rowId: string): void;
  beginChunk(label: string, rowId: string): { end(): void };
  /** states that no chunk is open, and drops one that a failed write has left */
  settleChunk(): { wasOpen: boolean };
  /** set for each write: the wall time of its changes */
  setNow(now: number): void;
}

const INSERT_CHANGE = `INSERT INTO change (nodeId, hlc, tableName, rowId, op, columnsJson, schemaVersion)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

export function createChangeLog(database: Database, nodeId: string, version: number): ChangeLog {
  const clock = openHybridClock(database);
  const statement = database.prepare(INSERT_CHANGE);
  let now = 0;
  let chunk: ChunkContent | null = null;

  const append = (table: string, rowId: string, op: string, columns: unknown) =>
    statement.run(nodeId, clock.tick(now), table, rowId, op, JSON.stringify(columns), version);

  return {
    inserted(table, rowId) {
      if (chunk) addInserted(chunk, table, rowId);
      else append(table, rowId, 'insert', ['*']);
    },
    updated(table, rowId, columns) {
      if (chunk) addUpdated(chunk, table, rowId, columns);
      else append(table, rowId, 'update', columns);
    },
    removed(table, rowId) {
      if (chunk) addUpdated(chunk, table, rowId, ['deletedAt']);
      else append(table, rowId, 'remove', ['deletedAt']);
    },
    beginChunk(label, rowId) {
      invariant(chunk === null, 'chunks of changes do not nest');
      const opened: ChunkContent = { label, count: 0, tables: {}, updated: [] };
      chunk = opened;
      return {
        end() {
          invariant(chunk === opened, 'this chunk has ended');
          chunk = null;
          if (opened.count > 0) append('*', rowId, 'chunk', opened);
        },
      };
    },
    settleChunk() {
      const wasOpen = chunk !== null;
      chunk = null;
      return { wasOpen };
    },
    setNow(value) {
      now = value;
    },
  };
}

/** Every change of this node is newer than the one before it, so the last row holds the newest. */
function openHybridClock(database: Database): HybridClock {
  const last = database.prepare('SELECT hlc FROM change ORDER BY seq DESC LIMIT 1').get() as
    | { hlc: string }
    | undefined;
  return createHybridClock(last?.hlc ?? null);
}

function addInserted(chunk: ChunkContent, table: string, rowId: string): void {
  chunk.count += 1;
  chunk.tables[table] ??= [];
  chunk.tables[table].push(rowId);
}

function addUpdated(
  chunk: ChunkContent,
  table: string,
  rowId: string,
  columns: readonly string[],
): void {
  chunk.count += 1;
  const key = columns.join();
  const known = chunk.updated.find((each) => each.table === table && each.columns.join() === key);
  if (known) known.ids.push(rowId);
  else chunk.updated.push({ table, columns: [...columns], ids: [rowId] });
}
