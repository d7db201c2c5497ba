import type { Clock } from '#shared/util/index.ts';
import { FRAME_MS } from './sound/g711.ts';

/** lag that is caught up by sending twice (a coarse timer), beyond it frames are skipped */
const LARGEST_CATCH_UP_FRAMES = 2;

/** What one wake must do. */
export interface FramesDue {
  /** frames to send now: 0, 1 or 2 */
  frames: number;
  /** frames given up before them, after a stall */
  skipped: number;
  /** instant that the first of them belongs to, monotonic ms */
  firstFrameMs: number;
  /** ms until the next wake */
  waitMs: number;
}

/**
 * When frames are due, by deadlines on the monotonic clock: a late wake does not move the next deadline. After a stall it
 * skips instead of bursting. Pure: `wake` says what to do, the owner sleeps.
 */
export class FrameDeadlines {
  #nextMs: number;

  constructor(nowMs: number) {
    this.#nextMs = nowMs + FRAME_MS;
  }

  wake(nowMs: number): FramesDue {
    const due = nowMs < this.#nextMs ? 0 : 1 + Math.floor((nowMs - this.#nextMs) / FRAME_MS);
    this.#nextMs += due * FRAME_MS;
    const frames = due > LARGEST_CATCH_UP_FRAMES ? 1 : due;
    return {
      frames,
      skipped: due - frames,
      firstFrameMs: this.#nextMs - frames * FRAME_MS,
      waitMs: Math.max(0, this.#nextMs - nowMs),
    };
  }
}

/**
 * Calls `onFrame` once for each due frame until stopped.
 * @returns stops it
 */
export function startFrameClock(
  clock: Clock,
  onFrame: (frameMs: number, skippedFrames: number) => void,
): () => void {
  const deadlines = new FrameDeadlines(clock.monotonic());
  let cancel = (): void => {};
  const wake = (): void => {
    const nowMs = clock.monotonic();
    const due = deadlines.wake(nowMs);
    for (let frame = 0; frame < due.frames; frame += 1) {
      onFrame(due.firstFrameMs + frame * FRAME_MS, frame === 0 ? due.skipped : 0);
    }
    const spentMs = clock.monotonic() - nowMs;
    cancel = clock.setTimer(Math.max(1, Math.ceil(due.waitMs - spentMs)), wake);
  };
  cancel = clock.setTimer(FRAME_MS, wake);
  return () => cancel();
}
