import type { Database } from 'better-sqlite3';
import type { Clock } from '#shared/util/index.ts';
import type { WriteContext, WriteDb, WriterReply } from '../types.ts';
import { type BatchRunnerParts, createBatchRunner } from './batch-runner.ts';
import type { CheckpointHelper } from './checkpoint-helper.ts';
import { createCheckpoints } from './checkpoints.ts';
import { createWriteQueue, type WriteRequest } from './write-queue.ts';

const PURGE_EVERY_MS = 3_600_000;

export interface WriterParts extends BatchRunnerParts {
  reply: (replies: WriterReply[]) => void;
  /** calls `run` soon, after what is waiting in the mailbox could arrive */
  defer: (run: () => void) => void;
  /** folds a long log beside the writer; absent: the writer does it */
  checkpointHelper?: CheckpointHelper;
  /** adds what is waiting in the mailbox, before each group is chosen */
  drainMailbox?: (add: (request: WriteRequest) => void) => void;
}

/** The owner of the write connection: the queue, the groups and the quiet work between them. */
export interface Writer {
  add(request: WriteRequest): void;
  runNow<Value>(write: (db: WriteDb, context: WriteContext) => Value): Value;
  /** before `close`: ends what works beside it */
  stopHelper(): Promise<void>;
  /** performs what is queued, empties the log and closes the connection */
  close(): void;
}

export function createWriter(parts: WriterParts): Writer {
  const queue = createWriteQueue();
  const runner = createBatchRunner(parts);
  const purge = hourly(parts.clock, () => runner.purgeReplies());
  const checkpoints = createCheckpoints({
    database: parts.database,
    clock: parts.clock,
    whenIdle: purge,
    helper: parts.checkpointHelper ?? null,
    holdImports(isHeld) {
      queue.holdsImports = isHeld;
      if (!isHeld) schedule();
    },
  });
  let isScheduled = false;
  let isClosed = false;

  const runGroup = () => {
    const drainMailbox = () => parts.drainMailbox?.((request) => queue.add(request));
    drainMailbox();
    const replies = runner.run(queue, drainMailbox);
    if (replies.length > 0) parts.reply(replies);
    checkpoints.afterBatch(queue.length === 0);
  };
  const schedule = () => {
    if (isScheduled || isClosed || !queue.hasWork) return;
    isScheduled = true;
    parts.defer(() => {
      isScheduled = false;
      if (isClosed) return;
      runGroup();
      schedule();
    });
  };
  return {
    add(request) {
      queue.add(request);
      schedule();
    },
    runNow: (write) => runner.runNow(write),
    stopHelper: () => checkpoints.stopHelper(),
    close() {
      if (isClosed) return;
      queue.holdsImports = false;
      while (queue.length > 0) runGroup();
      isClosed = true;
      closeDatabase(parts.database, () => checkpoints.finish());
    },
  };
}

function closeDatabase(database: Database, beforeClose: () => void): void {
  try {
    beforeClose();
  } finally {
    database.close();
  }
}

function hourly(clock: Clock, run: () => void): () => void {
  let nextMs = clock.monotonic();
  return () => {
    if (clock.monotonic() < nextMs) return;
    nextMs = clock.monotonic() + PURGE_EVERY_MS;
    run();
  };
}
