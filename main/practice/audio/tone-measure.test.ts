import { describe, expect, it } from 'vitest';
import { g711For } from '../media/rtp-format.ts';
import { ReceivedMeter } from './received-meter.ts';
import { networkTone, ToneGenerator } from './tone.ts';
import { findDominantTone, levelDbfs } from './tone-measure.ts';

function toneOf(hz: number | number[], level: number, frames = 50): Int16Array {
  const tone = new ToneGenerator({ hz, levelDbfs: level });
  const samples = new Int16Array(frames * 160);
  for (let index = 0; index < frames; index += 1) samples.set(tone.nextFrame(), index * 160);
  return samples;
}

describe('a tone', () => {
  it.each([
    [300, -6],
    [425, -20],
    [1000, -3.5],
    [1004, -30],
    [3400, -45],
  ])('of %i Hz at %d dBFS is measured as that', (hz, level) => {
    const found = findDominantTone(toneOf(hz, level).subarray(0, 1600));
    expect(found?.hz).toBe(hz);
    expect(found?.levelDbfs).toBeCloseTo(level, 1);
  });

  it.each([0, 8] as const)('keeps its level through G.711 (payload type %i)', (payloadType) => {
    const codec = g711For(payloadType);
    const received = codec.decode(codec.encode(toneOf(1004, -15)));
    const meter = new ReceivedMeter();
    meter.add(received);
    expect(meter.levelDbfs()).toBeCloseTo(-15, 0);
    expect(meter.windows()).toHaveLength(1);
    expect(meter.dominant()).toMatchObject({ hz: 1004 });
    expect(meter.dominant()?.levelDbfs).toBeCloseTo(-15, 1);
  });

  it('is found where two sound together: the stronger', () => {
    const stronger = toneOf(1209, -14);
    const mixed = toneOf(697, -20).map((sample, index) => sample + (stronger[index] ?? 0));
    expect(findDominantTone(mixed.subarray(0, 1600))?.hz).toBe(1209);
  });

  it('is not found in silence', () => {
    expect(findDominantTone(new Int16Array(1600))).toBeNull();
    expect(levelDbfs(0, 160)).toBe(-127);
  });
});

describe('tones of networks', () => {
  it('ring and are busy in the cadence of the called country', () => {
    expect(networkTone('ringback', '48100')).toMatchObject({ hz: 425, cadenceMs: [1000, 4000] });
    expect(networkTone('busy', '1212')).toMatchObject({ hz: [480, 620] });
    const tone = new ToneGenerator({ hz: 425, levelDbfs: -20, cadenceMs: [40, 20] });
    const pattern = Array.from({ length: 6 }, () => (tone.nextFrame().some(Boolean) ? 'x' : '.'));
    expect(pattern.join('')).toBe('xx.xx.');
  });
});
