import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Clock } from '#shared/util/index.ts';

const IDLE_BEFORE_CHECKPOINT_MS = 250;
/** Beyond this the log is folded in even while an import keeps the queue full. */
const MAX_LOG_BYTES = 48 * 1024 * 1024;

/** Moves committed pages from the log into the file when nobody waits for a commit. */
export interface Checkpoints {
  /** after each group of writes; `idle`: nothing is queued */
  afterBatch(idle: boolean): void;
  /** empties the log, before the store is closed */
  finish(): void;
}

export function createCheckpoints(
  database: Database,
  clock: Clock,
  whenIdle: () => void,
): Checkpoints {
  const logFile = `${database.name}-wal`;
  let cancelTimer: (() => void) | null = null;
  const checkpoint = (mode: 'PASSIVE' | 'TRUNCATE') => database.pragma(`wal_checkpoint(${mode})`);
  const stopTimer = () => {
    cancelTimer?.();
    cancelTimer = null;
  };
  return {
    afterBatch(idle) {
      stopTimer();
      if (idle) {
        cancelTimer = clock.setTimer(IDLE_BEFORE_CHECKPOINT_MS, () => {
          cancelTimer = null;
          whenIdle();
          checkpoint('PASSIVE');
        });
      } else if (fileSize(logFile) > MAX_LOG_BYTES) checkpoint('PASSIVE');
    },
    finish() {
      stopTimer();
      checkpoint('TRUNCATE');
    },
  };
}

function fileSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
