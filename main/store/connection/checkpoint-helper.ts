import { Worker } from 'node:worker_threads';
import type { ToCheckpointer } from './checkpoint-thread.ts';
import type { WriterThreadData } from './writer-messages.ts';

/** Folds the log into the file beside the writer. */
export interface CheckpointHelper {
  /**
   * Starts a round, unless one is under way.
   * @param leave so many pages at the end of the log may stay there
   * @param whenDone called after it, also when it could do nothing
   */
  fold(leave: number, whenDone: () => void): void;
  readonly isBusy: boolean;
  /** resolves when its thread has ended and its connection is closed */
  close(): Promise<void>;
}

function checkpointerEntryUrl(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../entries/store-checkpointer.ts', import.meta.url)
    : new URL('./store-checkpointer.mjs', import.meta.url);
}

/** What a thread with one connection and no JavaScript to speak of needs. */
const LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 } as const;

/**
 * The thread is started when the log first grows: a store at rest has none. When it is lost, the writer folds the log
 * itself, as it does without one.
 */
export function createCheckpointHelper(data: WriterThreadData): CheckpointHelper {
  let worker: Worker | null = null;
  let waiting: (() => void) | null = null;

  const settle = () => {
    const done = waiting;
    waiting = null;
    done?.();
  };
  const start = () => {
    const started = new Worker(checkpointerEntryUrl(), {
      workerData: data,
      name: 'store-checkpointer',
      resourceLimits: LIMITS,
    });
    started.unref();
    started.on('message', settle);
    // an error is followed by the exit; the next round starts it again
    started.on('error', () => {});
    started.on('exit', () => {
      worker = null;
      settle();
    });
    return started;
  };
  return {
    fold(leave, whenDone) {
      if (waiting !== null) return;
      waiting = whenDone;
      worker ??= start();
      worker.postMessage({ leave } satisfies ToCheckpointer);
    },
    get isBusy() {
      return waiting !== null;
    },
    async close() {
      const closing = worker;
      if (closing === null) return;
      const ended = new Promise((resolve) => closing.once('exit', resolve));
      closing.ref();
      closing.postMessage('close');
      await ended;
    },
  };
}
