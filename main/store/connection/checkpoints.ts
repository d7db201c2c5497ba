import type { Database } from 'better-sqlite3';
import type { Clock } from '#shared/util/index.ts';
import type { CheckpointHelper } from './checkpoint-helper.ts';
import { checkpoint, FEW_PAGES } from './checkpoint-thread.ts';

const IDLE_BEFORE_CHECKPOINT_MS = 250;
/**
 * From here on the log is folded into the file (48 MB): beside the writer, or by a writer without a helper, whoever waits.
 * A page that was written many times is folded once, so a long log costs less.
 */
const FOLDED_FROM_PAGES = 12_000;
/** Asking how long the log is costs some microseconds. */
const ASKED_EVERY_GROUPS = 16;

/** Moves committed pages from the log into the file when nobody waits for a commit. */
export interface Checkpoints {
  /** after each group of writes; `idle`: nothing is queued */
  afterBatch(idle: boolean): void;
  /** no round is started any more; resolves when the helper has ended */
  stopHelper(): Promise<void>;
  /** empties the log, before the store is closed */
  finish(): void;
}

export interface CheckpointsParts {
  database: Database;
  clock: Clock;
  whenIdle: () => void;
  /** folds a long log beside the writer; null: the writer does all of it */
  helper: CheckpointHelper | null;
  /** true: chunks of imports shall wait, false: they may go on */
  holdImports: (isHeld: boolean) => void;
}

/**
 * With a helper, no commit waits for a checkpoint. A log begins anew only when all of it is in the file, which an import
 * would never let happen: so the helper folds what there is, then imports wait for some milliseconds while it folds what
 * came meanwhile, and the writer folds the few pages that urgent writes have added since.
 */
export function createCheckpoints(parts: CheckpointsParts): Checkpoints {
  const { database, clock, whenIdle, holdImports } = parts;
  let helper = parts.helper;
  let cancelTimer: (() => void) | null = null;
  let groups = 0;
  let isStopped = false;

  const stopTimer = () => {
    cancelTimer?.();
    cancelTimer = null;
  };
  const foldRest = () => {
    if (isStopped) return;
    const { pages, inFile } = checkpoint(database, 'NOOP');
    // much is left when somebody reads an old state: the next round tries again
    if (pages > inFile && pages - inFile <= FEW_PAGES) checkpoint(database, 'PASSIVE');
    holdImports(false);
  };
  const foldBeside = (other: CheckpointHelper) =>
    other.fold(FEW_PAGES, () => {
      if (isStopped) return;
      holdImports(true);
      other.fold(0, foldRest);
    });
  const foldWhenLong = () => {
    groups += 1;
    if (groups % ASKED_EVERY_GROUPS !== 0 || helper?.isBusy) return;
    const { pages, inFile } = checkpoint(database, 'NOOP');
    if (helper && pages > FOLDED_FROM_PAGES && pages > inFile) foldBeside(helper);
    else if (!helper && pages > FOLDED_FROM_PAGES) checkpoint(database, 'PASSIVE');
  };
  const foldWhenQuiet = () => {
    if (helper?.isBusy) return;
    const { pages, inFile } = checkpoint(database, 'NOOP');
    if (helper && pages - inFile > FEW_PAGES) foldBeside(helper);
    else checkpoint(database, 'PASSIVE');
  };
  return {
    afterBatch(idle) {
      stopTimer();
      foldWhenLong();
      // a queue that is empty between two chunks of an import is not idle for long
      if (!idle) return;
      cancelTimer = clock.setTimer(IDLE_BEFORE_CHECKPOINT_MS, () => {
        cancelTimer = null;
        whenIdle();
        foldWhenQuiet();
      });
    },
    async stopHelper() {
      const stopped = helper;
      helper = null;
      isStopped = true;
      holdImports(false);
      await stopped?.close();
    },
    finish() {
      isStopped = true;
      stopTimer();
      checkpoint(database, 'TRUNCATE');
    },
  };
}
