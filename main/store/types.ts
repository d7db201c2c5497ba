import type { Database, Statement } from 'better-sqlite3';
import type { ErrorData } from '#shared/errors/index.ts';

declare const readable: unique symbol;
declare const writable: unique symbol;

/** A connection that may read. Statements are cached by their text: keep SQL constant. */
export interface ReadDb {
  readonly [readable]: true;
  /** the cached prepared statement of `sql`; values are bound, never put into the text */
  prepare(sql: string): Statement<unknown[], unknown>;
  all<Row>(sql: string, ...params: unknown[]): Row[];
  get<Row>(sql: string, ...params: unknown[]): Row | undefined;
  /** runs several reads on one state of the store; synchronous */
  snapshot<Value>(read: () => Value): Value;
}

export type SqlValue = string | number | null | Uint8Array;

/** The one connection that may write; exists only in the writer thread, inside a transaction. */
export interface WriteDb extends ReadDb {
  readonly [writable]: true;
  /** inserts a row and its `change`; `row.id` must be set for tables that are synced */
  insert(table: TableName, row: Readonly<Record<string, unknown>>): void;
  /**
   * For many rows of one shape: as `insert`, without an object for each row.
   * @param columns a constant list whose first name is `id`
   * @returns takes the values in that order, as SQLite has them: null, numbers, text; no booleans, no undefined
   */
  inserter(table: TableName, columns: readonly string[]): (values: readonly SqlValue[]) => void;
  /** changes columns of one row by id and logs the change; throws `store.no-row` when it is gone */
  update(table: TableName, id: string, columns: Readonly<Record<string, unknown>>): void;
  /** marks a row as deleted (`deletedAt`) and logs the tombstone; nothing cascades */
  remove(table: TableName, id: string): void;
  /** for tables of class `local` and counters that are not logged; the text is constant */
  run(sql: string, ...params: unknown[]): { changes: number };
  /**
   * Until `end` is called, inserts and updates are collected into one `change` row for the whole
   * chunk instead of one for each row (imports).
   */
  beginChunk(label: string): { end(): void };
}

/** Given to every write: time and ids come from here, so that writes can be replayed in tests. */
export interface WriteContext {
  /** epoch ms */
  now: number;
  /** UUIDv7 */
  newId(): string;
}

/** A write runs synchronously inside one transaction on the writer thread. No `await`. */
export type Write<Input = never, Output = unknown> = (
  db: WriteDb,
  context: WriteContext,
  input: Input,
) => Output;
// biome-ignore lint/suspicious/noExplicitAny: a map of writes of any input; each is checked where it is called
export type WriteMap = Record<string, Write<any, any>>;

export type WriteInput<Map extends WriteMap, Name extends keyof Map> = Parameters<Map[Name]>[2];
export type WriteOutput<Map extends WriteMap, Name extends keyof Map> = ReturnType<Map[Name]>;

/** Order of the writer's queue: a call never waits behind an import. */
export type WritePriority = 'call' | 'command' | 'message' | 'import';

export interface WriteOptions {
  priority?: WritePriority;
  /**
   * Makes a repeated command harmless: the first reply is kept in the same transaction and a
   * second write with this id answers it without running again.
   */
  commandId?: string;
}

/** The engine's view of the store. */
export interface Store {
  /** read-only connection of the engine's main thread: for point reads and pages, never for scans */
  readonly read: ReadDb;
  /**
   * Runs a named write on the writer thread. Resolves after the commit is durable
   * (`synchronous=FULL`); small commits are grouped. One of priority `import` resolves after its commit, which a loss
   * of power may take back, with all import commits after it: the next write of another priority makes it durable.
   * @throws AppError as thrown by the write, or `store.*` by kind of SQLite error
   */
  write<Map extends WriteMap, Name extends keyof Map & string>(
    map: Map,
    name: Name,
    input: WriteInput<Map, Name>,
    options?: WriteOptions,
  ): Promise<WriteOutput<Map, Name>>;
  close(): Promise<void>;
}

/** How a table takes part in sync (design §4). */
export type TableClass = 'event' | 'attribute' | 'hostOnly' | 'local';
export type TableName = string;

export type WriterReply =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; error: ErrorData };

export type { Database };
