import { describe, expect, it } from 'vitest';
import { LegFeed } from './leg-feed.ts';
import { SILENT_FRAME } from './sound/g711.ts';
import type { SoundSource } from './sound/sound-source.ts';

function sound(code: number, frames: number): SoundSource {
  let left = frames;
  return {
    nextFrame: () => {
      left -= 1;
      return left < 0 ? null : new Uint8Array(160).fill(code);
    },
  };
}

function aFeed(ended: string[] = []): LegFeed {
  return new LegFeed(
    () => sound(0x40, 1_000),
    (playId) => ended.push(playId),
  );
}

describe('what a debtor hears', () => {
  it('is the agent, silence or music', () => {
    const feed = aFeed();
    expect(feed.nextFrame('agent').audio).toBeNull();
    expect(feed.nextFrame('nobody').audio).toBe(SILENT_FRAME);
    expect(feed.nextFrame('agentMuted').audio).toBe(SILENT_FRAME);
    expect(feed.nextFrame('music')).toMatchObject({ spoken: null });
    expect(feed.nextFrame('music').audio?.[0]).toBe(0x40);
  });

  it('is a prompt over all of them, recorded, until it ends', () => {
    const ended: string[] = [];
    const feed = aFeed(ended);
    feed.play = { playId: 'p1', source: sound(0x20, 2) };
    expect(feed.covered).toBe(true);
    expect(feed.nextFrame('music').spoken?.[0]).toBe(0x20);
    expect(feed.nextFrame('agent').audio?.[0]).toBe(0x20);
    expect(ended).toEqual([]);
    expect(feed.nextFrame('agent')).toEqual({ audio: null, spoken: null });
    expect(ended).toEqual(['p1']);
    expect(feed.covered).toBe(false);
  });

  it('is digits over a prompt, which waits', () => {
    const feed = aFeed();
    feed.play = { playId: 'p1', source: sound(0x20, 2) };
    feed.enqueueDigits('1');
    const first = Array.from({ length: 10 }, () => feed.nextFrame('agent').audio?.[0]);
    expect(first.every((code) => code !== 0x20)).toBe(true);
    expect(feed.nextFrame('agent').audio?.[0]).toBe(0x20);
  });
});
