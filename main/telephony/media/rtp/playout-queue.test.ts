import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlayoutQueue } from './playout-queue.ts';

/** distinct loud code per frame, so that order and loss show */
function voice(frame: number, samples = 160): Uint8Array {
  return new Uint8Array(samples).fill(frame % 64);
}
const QUIET = new Uint8Array(160).fill(0xff);

function codes(queue: PlayoutQueue, count: number): (number | null)[] {
  return Array.from({ length: count }, () => queue.pop()?.[0] ?? null);
}

describe('the playout queue', () => {
  it('gives nothing before the first packet', () => {
    expect(codes(new PlayoutQueue(), 2)).toEqual([null, null]);
  });

  it('plays in order, one frame after the first arrived, whatever order they came in', () => {
    const queue = new PlayoutQueue();
    for (const frame of [0, 2, 1, 3, 3])
      queue.push({ ssrc: 1, rtpTimestamp: frame * 160, payload: voice(frame) });
    expect(codes(queue, 5)).toEqual([0xff, 0, 1, 2, 3]);
  });

  it('plays through a timestamp wrap', () => {
    const queue = new PlayoutQueue();
    const start = 0xffff_ffff - 200;
    for (let frame = 0; frame < 4; frame += 1) {
      queue.push({ ssrc: 1, rtpTimestamp: (start + frame * 160) >>> 0, payload: voice(frame) });
    }
    expect(codes(queue, 5)).toEqual([0xff, 0, 1, 2, 3]);
  });

  it('cuts packets of 10, 30 and 60 ms into frames', () => {
    for (const samples of [80, 240, 480]) {
      const queue = new PlayoutQueue();
      const count = 960 / samples;
      for (let i = 0; i < count; i += 1) {
        queue.push({ ssrc: 1, rtpTimestamp: i * samples, payload: voice(7, samples) });
      }
      expect(codes(queue, 7)).toEqual([0xff, 7, 7, 7, 7, 7, 7]);
    }
  });

  it('fills a lost packet with silence and goes on', () => {
    const queue = new PlayoutQueue();
    for (const frame of [0, 1, 3])
      queue.push({ ssrc: 1, rtpTimestamp: frame * 160, payload: voice(frame) });
    expect(codes(queue, 5)).toEqual([0xff, 0, 1, 0xff, 3]);
    expect(queue.slips).toBe(0);
  });

  it('waits when it runs dry, so that late packets are heard', () => {
    const queue = new PlayoutQueue();
    queue.push({ ssrc: 1, rtpTimestamp: 0, payload: voice(1) });
    expect(codes(queue, 3)).toEqual([0xff, 1, null]);
    queue.push({ ssrc: 1, rtpTimestamp: 160, payload: voice(2) });
    queue.push({ ssrc: 1, rtpTimestamp: 320, payload: voice(3) });
    expect(codes(queue, 2)).toEqual([2, 3]);
    expect(queue.slips).toBe(1);
  });

  it('drops what is older than what was played', () => {
    const queue = new PlayoutQueue();
    queue.push({ ssrc: 1, rtpTimestamp: 1_600, payload: voice(1) });
    codes(queue, 2);
    queue.push({ ssrc: 1, rtpTimestamp: 0, payload: voice(2) });
    expect(queue.latePackets).toBe(1);
    expect(codes(queue, 1)).toEqual([null]);
  });

  it('begins anew with a new SSRC, a jump of more than a second, or after a pause', () => {
    const queue = new PlayoutQueue();
    queue.push({ ssrc: 1, rtpTimestamp: 0, payload: voice(1) });
    queue.push({ ssrc: 2, rtpTimestamp: 999_999, payload: voice(2) });
    expect(codes(queue, 2)).toEqual([0xff, 2]);
    queue.push({ ssrc: 2, rtpTimestamp: 10, payload: voice(3) });
    expect(codes(queue, 2)).toEqual([0xff, 3]);
    codes(queue, 20);
    queue.push({ ssrc: 2, rtpTimestamp: 3_000, payload: voice(4) });
    expect(codes(queue, 2)).toEqual([0xff, 4]);
  });

  it('does not let a burst after a stall stay as delay', () => {
    const queue = new PlayoutQueue();
    for (let frame = 0; frame < 40; frame += 1)
      queue.push({ ssrc: 1, rtpTimestamp: frame * 160, payload: voice(frame) });
    expect(queue.inHand).toBeLessThanOrEqual(1_600);
  });

  it('follows a sender whose clock is 1000 ppm fast or slow, in silence, without growing', () => {
    for (const ppm of [1_000, -1_000]) {
      const queue = new PlayoutQueue();
      let sent = 0;
      let most = 0;
      let empty = 0;
      for (let frame = 0; frame < 15_000; frame += 1) {
        const due = Math.floor(frame * (1 + ppm / 1_000_000) + 0.5);
        for (; sent <= due; sent += 1) {
          // speech with pauses: two seconds of each
          const payload = Math.floor(sent / 100) % 2 === 0 ? voice(sent) : QUIET;
          queue.push({ ssrc: 1, rtpTimestamp: sent * 160, payload });
        }
        if (queue.pop() === null) empty += 1;
        most = Math.max(most, queue.inHand);
      }
      expect(most).toBeLessThanOrEqual(640);
      expect(queue.slips).toBeGreaterThanOrEqual(10);
      expect(queue.slips).toBeLessThanOrEqual(40);
      expect(empty).toBeLessThanOrEqual(3);
    }
  });

  it('grows under jitter until few frames are missed, and shrinks when it is over', () => {
    const queue = new PlayoutQueue();
    const pending: { at: number; frame: number }[] = [];
    const missedBySecond: number[] = [];
    for (let frame = 0; frame < 3_000; frame += 1) {
      const jittery = frame < 1_000;
      const delayFrames = jittery && frame % 7 === 3 ? 3 : 0;
      pending.push({ at: frame + delayFrames, frame });
      for (const item of pending.filter(({ at }) => at <= frame)) {
        pending.splice(pending.indexOf(item), 1);
        const payload = item.frame % 50 < 25 ? voice(item.frame) : QUIET;
        queue.push({ ssrc: 1, rtpTimestamp: item.frame * 160, payload });
      }
      const heard = queue.pop();
      const second = Math.floor(frame / 50);
      missedBySecond[second] = (missedBySecond[second] ?? 0) + (heard === null ? 1 : 0);
    }
    expect(
      missedBySecond.slice(5, 20).reduce((sum, missed) => sum + missed, 0),
    ).toBeLessThanOrEqual(3);
    expect(queue.inHand).toBeLessThanOrEqual(320);
  });

  it('always answers 160 bytes or null, whatever is pushed', () => {
    const push = fc.record({
      ssrc: fc.integer({ min: 1, max: 2 }),
      rtpTimestamp: fc.oneof(
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.integer({ min: 0, max: 5_000 }),
      ),
      payload: fc.uint8Array({ maxLength: 2_000 }),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(push, fc.constant(null)), { maxLength: 80 }), (steps) => {
        const queue = new PlayoutQueue();
        for (const step of steps) {
          if (step) queue.push(step);
          else expect(queue.pop()?.length ?? 160).toBe(160);
          expect(queue.inHand).toBeLessThanOrEqual(3_600);
        }
      }),
    );
  });
});
