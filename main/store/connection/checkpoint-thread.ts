import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { invariant } from '#shared/errors/index.ts';
import { openConnection } from './open-connection.ts';
import type { WriterThreadData } from './writer-messages.ts';

/** Pages in the log, and how many of them are in the file. */
export interface LogState {
  pages: number;
  inFile: number;
}

/** `leave`: so many pages at the end of the log need not be folded, because more come all the time */
export type ToCheckpointer = { leave: number } | 'close';

/** A last pass over what the writer added meanwhile is left to it below this: some milliseconds. */
export const FEW_PAGES = 400;
const MOST_PASSES = 4;

/**
 * The thread that folds the log into the file while the writer goes on: a checkpoint of some megabytes waits for the disk
 * for as long as many commits. Call it once, in the entry file of the worker.
 */
export function runCheckpointThread(): void {
  invariant(parentPort, 'runs in a worker thread only');
  const port = parentPort;
  const { file, keyHex } = workerData as WriterThreadData;
  let database: Database | null = null;
  port.on('message', (message: ToCheckpointer) => {
    if (message === 'close') {
      database?.close();
      port.close();
      return;
    }
    database ??= openConnection({ file, keyHex, role: 'checkpointer' });
    port.postMessage(foldLog(database, message.leave));
  });
}

function foldLog(database: Database, leave: number): LogState {
  let state = checkpoint(database, 'PASSIVE');
  for (let pass = 1; pass < MOST_PASSES && state.pages - state.inFile > leave; pass += 1) {
    const before = state.inFile;
    state = checkpoint(database, 'PASSIVE');
    // a reader holds the rest back
    if (state.inFile <= before) break;
  }
  return state;
}

/** `NOOP` says how the log stands and does nothing. */
export function checkpoint(database: Database, mode: 'NOOP' | 'PASSIVE' | 'TRUNCATE'): LogState {
  const [row] = database.pragma(`wal_checkpoint(${mode})`) as [
    { log: number; checkpointed: number },
  ];
  return { pages: Math.max(0, row.log), inFile: Math.max(0, row.checkpointed) };
}
