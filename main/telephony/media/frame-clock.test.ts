import { describe, expect, it } from 'vitest';
import { FrameDeadlines } from './frame-clock.ts';

describe('frame deadlines', () => {
  it('do not drift when every wake is late', () => {
    const deadlines = new FrameDeadlines(0);
    let frames = 0;
    for (let nowMs = 21.7; nowMs < 20_000; nowMs += 20) frames += deadlines.wake(nowMs).frames;
    expect(frames).toBe(999);
  });

  it('do nothing too early, and say how long to wait', () => {
    const deadlines = new FrameDeadlines(100);
    expect(deadlines.wake(115)).toMatchObject({ frames: 0, skipped: 0, waitMs: 5 });
    expect(deadlines.wake(123)).toMatchObject({ frames: 1, firstFrameMs: 120, waitMs: 17 });
  });

  it('send two frames when a coarse timer slept over one', () => {
    const deadlines = new FrameDeadlines(0);
    expect(deadlines.wake(46)).toMatchObject({
      frames: 2,
      skipped: 0,
      firstFrameMs: 20,
      waitMs: 14,
    });
  });

  it('skip instead of bursting after a stall', () => {
    const deadlines = new FrameDeadlines(0);
    expect(deadlines.wake(1_003)).toMatchObject({ frames: 1, skipped: 49, firstFrameMs: 1_000 });
    expect(deadlines.wake(1_020)).toMatchObject({ frames: 1, skipped: 0 });
  });
});
