import type { Database } from 'better-sqlite3';
import { AppError, type ErrorData, invariant, toErrorData } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import { latestSchemaVersion } from '../migrations/index.ts';
import type { WriteContext, WriteDb, WriteMap, WriterReply } from '../types.ts';
import { type ChangeLog, createChangeLog } from './change-log.ts';
import { type CommandReplies, createCommandReplies } from './command-replies.ts';
import { readSchemaCatalog } from './schema-catalog.ts';
import { translateSqliteError } from './sqlite-errors.ts';
import { createWriteDb } from './write-db.ts';
import type { WriteQueue, WriteRequest } from './write-queue.ts';

/** A commit waits for the disk once: that is shared by what waits, but nobody waits long for it. */
const MAX_BATCH_WRITES = 64;
const MAX_BATCH_MS = 8;
/** Import commits in between do not wait for the disk: what they lose in a loss of power is at most this old. */
const SYNC_IMPORTS_EVERY_MS = 100;

export interface BatchRunnerParts {
  database: Database;
  writes: WriteMap;
  clock: Clock;
  ids: IdSource;
}

/**
 * Performs queued writes in groups: one transaction for the group, one savepoint for each write, so
 * that a write that fails undoes only itself. Replies are given back after the commit.
 */
export interface BatchRunner {
  /**
   * Runs one group; empty when nothing is queued.
   * @param drainMailbox adds what has arrived to the queue: called between the chunks of imports
   */
  run(queue: WriteQueue, drainMailbox?: () => void): WriterReply[];
  /** one function in a transaction of its own, for creation and tests */
  runNow<Value>(write: (db: WriteDb, context: WriteContext) => Value): Value;
  purgeReplies(): number;
}

export function createBatchRunner(parts: BatchRunnerParts): BatchRunner {
  const { database, clock } = parts;
  const changes = createChangeLog(database, readNodeId(database), latestSchemaVersion);
  const replies = createCommandReplies(database);
  const db = createWriteDb({
    database,
    catalog: readSchemaCatalog(database),
    changes,
    newId: () => parts.ids.next(),
    now: () => clock.now(),
  });
  const perform = createPerformer({ ...parts, changes, replies, db });
  const durability = createDurability(database, clock);

  return {
    run(queue, drainMailbox = () => {}) {
      const done: WriterReply[] = [];
      let request = queue.take(0);
      if (!request) return done;
      const startedMs = clock.monotonic();
      const taken: WriteRequest[] = [];
      const isImport = request.priority === 'import';
      try {
        durability.choose(isImport);
        database.exec('BEGIN IMMEDIATE');
        while (request) {
          taken.push(request);
          done.push(perform(request));
          const isFull: boolean =
            taken.length >= MAX_BATCH_WRITES || clock.monotonic() - startedMs >= MAX_BATCH_MS;
          if (isImport) drainMailbox();
          if (isFull) request = undefined;
          else request = isImport ? queue.takeImport() : queue.take(taken.length);
        }
        database.exec('COMMIT');
        return done;
      } catch (error) {
        if (database.inTransaction) database.exec('ROLLBACK');
        if (request && !taken.includes(request)) taken.push(request);
        return taken.map(({ id }) => ({ id, ok: false, error: toWriteError(error) }));
      }
    },
    runNow(write) {
      const now = clock.now();
      changes.setNow(now);
      return database
        .transaction(() => write(db, { now, newId: () => parts.ids.next() }))
        .immediate();
    },
    purgeReplies: () => replies.purge(clock.now()),
  };
}

/**
 * Commits of imports are grouped at the disk too: `synchronous = NORMAL` writes them to the log in order and leaves it to
 * the next full commit to wait for the disk.
 */
function createDurability(database: Database, clock: Clock) {
  const isDurable = database.pragma('synchronous', { simple: true }) === 2;
  let isFull = true;
  let syncedMs = clock.monotonic();
  return {
    choose(isImport: boolean): void {
      if (!isDurable) return;
      const nowMs = clock.monotonic();
      const wantsFull = !isImport || nowMs - syncedMs >= SYNC_IMPORTS_EVERY_MS;
      if (wantsFull) syncedMs = nowMs;
      if (wantsFull === isFull) return;
      database.pragma(`synchronous = ${wantsFull ? 'FULL' : 'NORMAL'}`);
      isFull = wantsFull;
    },
  };
}

type PerformerParts = BatchRunnerParts & {
  changes: ChangeLog;
  replies: CommandReplies;
  db: WriteDb;
};

/**
 * One write in its savepoint. Throws only when the whole transaction is gone (disk full, read
 * error): SQLite then has rolled back the writes before it too.
 */
function createPerformer(parts: PerformerParts): (request: WriteRequest) => WriterReply {
  const { database, clock, changes } = parts;
  const begin = database.prepare('SAVEPOINT one_write');
  const release = database.prepare('RELEASE one_write');
  const undo = database.prepare('ROLLBACK TO one_write');

  return (request) => {
    const now = clock.now();
    changes.setNow(now);
    begin.run();
    try {
      const value = performOnce(parts, request, now);
      invariant(!changes.settleChunk().wasOpen, `${request.name} left a chunk open`);
      release.run();
      return { id: request.id, ok: true, value };
    } catch (error) {
      changes.settleChunk();
      if (!database.inTransaction) throw error;
      undo.run();
      release.run();
      return { id: request.id, ok: false, error: toWriteError(error) };
    }
  };
}

function performOnce(parts: PerformerParts, request: WriteRequest, now: number): unknown {
  const { name, commandId, input } = request;
  const known = commandId === null ? undefined : parts.replies.find(commandId, name);
  if (known) return known.value;
  const write = Object.hasOwn(parts.writes, name) ? parts.writes[name] : undefined;
  invariant(write, `the writer knows no write ${name}: add its area to main/app/writes.ts`);
  const value: unknown = write(parts.db, { now, newId: () => parts.ids.next() }, input);
  invariant(!(value instanceof Promise), `${name} must not be asynchronous`);
  if (commandId !== null) parts.replies.keep(commandId, name, value, now);
  return value;
}

/** Bugs travel as `internal`, with the stack for the log of the other side. */
export function toWriteError(error: unknown): ErrorData {
  const translated = translateSqliteError(error);
  if (translated instanceof AppError) return toErrorData(translated);
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: 'internal', message, details: { stack: stack ?? '' }, retryable: false };
}

function readNodeId(database: Database): string {
  const row = database.prepare("SELECT value FROM meta WHERE key = 'nodeId'").get() as
    | { value: string }
    | undefined;
  invariant(row, 'a store has a node id');
  return row.value;
}
