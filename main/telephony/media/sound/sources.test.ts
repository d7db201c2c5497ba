import { describe, expect, it } from 'vitest';
import { ComfortMelody } from './comfort-melody.ts';
import { DtmfSource, pairOf } from './dtmf-source.ts';
import { decodeMuLaw, encodeMuLaw, MU_LAW_SILENCE, SILENT_FRAME } from './g711.ts';
import { LevelMeter, peakOf, SILENCE_DBFS } from './level-meter.ts';
import { mixFrames } from './mixer.ts';
import type { SoundSource } from './sound-source.ts';
import { toneLevelDbfs } from './tone-level.ts';
import { ToneSource } from './tone-source.ts';
import { BytesSource, muLawFromWav } from './wav-file.ts';

function frames(source: SoundSource, most = 1_000): Uint8Array[] {
  const taken: Uint8Array[] = [];
  for (let frame = source.nextFrame(); frame && taken.length < most; frame = source.nextFrame()) {
    taken.push(frame);
  }
  return taken;
}

function samplesOf(taken: Uint8Array[]): number[] {
  return taken.flatMap((frame) => [...decodeMuLaw(frame)]);
}

describe('a tone', () => {
  it('has the asked level, frequency and length', () => {
    const taken = frames(
      new ToneSource({ frequenciesHz: [1000], durationMs: 400, levelDbfs: -16 }),
    );
    expect(taken).toHaveLength(20);
    const middle = samplesOf(taken.slice(2, 18));
    expect(toneLevelDbfs(middle, 1000)).toBeCloseTo(-16, 1);
    expect(toneLevelDbfs(middle, 700)).toBeLessThan(-55);
  });

  it('never ends when looped, with one phase', () => {
    const taken = frames(
      new ToneSource({ frequenciesHz: [440], durationMs: 20, levelDbfs: -16, loop: true }),
      100,
    );
    expect(taken).toHaveLength(100);
    expect(toneLevelDbfs(samplesOf(taken.slice(50)), 440)).toBeCloseTo(-16, 1);
  });

  it('shares the level between its frequencies', () => {
    const taken = frames(
      new ToneSource({ frequenciesHz: [697, 1209], durationMs: 1000, levelDbfs: -12 }),
    );
    const meter = new LevelMeter();
    for (const frame of taken.slice(1, 49)) meter.add(frame);
    expect(meter.read().levelDbfs).toBeCloseTo(-12, 1);
  });
});

describe('digits in band', () => {
  it('are each a row and a column with a pause', () => {
    const source = new DtmfSource();
    source.enqueue('5?#');
    const taken = frames(source);
    const five = samplesOf(taken.slice(1, 5));
    expect(toneLevelDbfs(five, 770)).toBeGreaterThan(-16);
    expect(toneLevelDbfs(five, 1336)).toBeGreaterThan(-16);
    expect(toneLevelDbfs(five, 941)).toBeLessThan(-30);
    const hash = samplesOf(taken.slice(11, 15));
    expect(toneLevelDbfs(hash, 941)).toBeGreaterThan(-16);
    expect(toneLevelDbfs(hash, 1477)).toBeGreaterThan(-16);
  });

  it('know the sixteen keys and nothing else', () => {
    expect([...'0123456789*#ABCD'].every((digit) => pairOf(digit) !== null)).toBe(true);
    expect(['x', '', '12', ' '].map(pairOf)).toEqual([null, null, null, null]);
  });
});

describe('the meter', () => {
  it('reads RMS since the last reading', () => {
    const meter = new LevelMeter();
    expect(meter.read()).toEqual({ levelDbfs: SILENCE_DBFS, packets: 0 });
    meter.add(encodeMuLaw(new Float64Array(160).fill(16_384)));
    const read = meter.read();
    expect(read.levelDbfs).toBeCloseTo(-6, 0);
    expect(read.packets).toBe(1);
    expect(meter.read().levelDbfs).toBe(SILENCE_DBFS);
  });
});

describe('mixing', () => {
  it('adds, and saturates instead of wrapping', () => {
    const loud = encodeMuLaw(new Float64Array(160).fill(30_000));
    const soft = encodeMuLaw(new Float64Array(160).fill(1_000));
    expect(decodeMuLaw(mixFrames(soft, soft))[0]).toBeGreaterThan(1_800);
    expect(decodeMuLaw(mixFrames(loud, loud))[0]).toBeGreaterThan(32_000);
    expect([...mixFrames(soft, SILENT_FRAME)]).toEqual([...soft]);
  });
});

describe('the comfort melody', () => {
  it('is heard but soft, and goes on', () => {
    const melody = new ComfortMelody();
    const taken = Array.from({ length: 2_000 }, () => melody.nextFrame());
    const loudest = Math.max(...taken.map(peakOf));
    expect(loudest).toBeGreaterThan(1_000);
    expect(loudest).toBeLessThan(4_000);
  });
});

describe('WAV files', () => {
  it('play once, filled up with silence, or for ever', () => {
    const bytes = muLawFromWav(wav(Array.from({ length: 240 }, () => 8_031)));
    expect(
      frames(new BytesSource(bytes, false)).map(
        (frame) => frame.filter((code) => code === MU_LAW_SILENCE).length,
      ),
    ).toEqual([0, 80]);
    const looped = frames(new BytesSource(bytes, true), 30);
    expect(looped).toHaveLength(30);
    expect(looped.flatMap((frame) => [...frame]).every((code) => code !== MU_LAW_SILENCE)).toBe(
      true,
    );
    expect(frames(new BytesSource(new Uint8Array(0), true))).toEqual([]);
  });

  it('skip other chunks, odd ones too, and read a cut file as far as it goes', () => {
    const file = wav([1_000, 2_000, 3_000], Buffer.from('LIST\x03\0\0\0abc\0', 'latin1'));
    expect(muLawFromWav(file)).toHaveLength(3);
    expect(muLawFromWav(file.subarray(0, file.length - 2))).toHaveLength(2);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('RIFF but not really a wave')],
    ['no data', wav([]).subarray(0, 36)],
    ['stereo', wav([1], undefined, { channels: 2 })],
    ['44.1 kHz', wav([1], undefined, { rate: 44_100 })],
    ['8 bit', wav([1], undefined, { bits: 8 })],
  ])('of %s are refused', (_name, file) => {
    expect(() => muLawFromWav(file)).toThrow(
      expect.objectContaining({ code: 'media.bad-sound-file' }),
    );
  });
});

function wav(
  samples: number[],
  extra = Buffer.alloc(0),
  form: { channels?: number; rate?: number; bits?: number } = {},
): Buffer {
  const head = Buffer.alloc(36);
  head.write('RIFF', 0, 'latin1');
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(form.channels ?? 1, 22);
  head.writeUInt32LE(form.rate ?? 8_000, 24);
  head.writeUInt16LE(form.bits ?? 16, 34);
  const data = Buffer.alloc(8 + samples.length * 2);
  data.write('data', 0, 'latin1');
  data.writeUInt32LE(samples.length * 2, 4);
  samples.forEach((sample, i) => {
    data.writeInt16LE(sample, 8 + i * 2);
  });
  return Buffer.concat([head, extra, data]);
}
