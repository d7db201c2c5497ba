import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MU_LAW_DECODE } from '../media/index.ts';
import { createRecording, openRecording, readPeaks, recoverRecording } from './index.ts';
import { FULL_CHUNK_BYTES, HEADER_BYTES } from './recording-format.ts';

const KEY = randomBytes(32);
const STARTED_AT = 1_750_000_000_123;
const NO_MARKS = { held: false, muted: false };

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recording-'));
  file = join(directory, 'one.rec');
});

afterEach(() => rm(directory, { recursive: true }));

function left(frame: number): Uint8Array {
  return new Uint8Array(160).fill(frame % 100);
}
function right(frame: number): Uint8Array {
  return new Uint8Array(160).fill(128 + (frame % 100));
}

async function record(frames: number, options: { cut?: boolean } = {}): Promise<void> {
  const writer = await createRecording({
    file,
    key: KEY,
    startedAt: STARTED_AT,
    onFailed: (error) => {
      throw error;
    },
  });
  for (let frame = 0; frame < frames; frame += 1) writer.frame(left(frame), right(frame), NO_MARKS);
  const end = await writer.finish();
  expect(end).toEqual({ durationMs: frames * 20, bytes: (await stat(file)).size });
  if (options.cut) await truncate(file, HEADER_BYTES + Math.floor(frames / 50) * FULL_CHUNK_BYTES);
}

/** what a player must hear: both sides, interleaved */
function expectedSamples(frames: number): Int16Array {
  const samples = new Int16Array(frames * 320);
  for (let frame = 0; frame < frames; frame += 1) {
    for (let i = 0; i < 160; i += 1) {
      samples[frame * 320 + i * 2] = MU_LAW_DECODE[frame % 100]!;
      samples[frame * 320 + i * 2 + 1] = MU_LAW_DECODE[128 + (frame % 100)]!;
    }
  }
  return samples;
}

async function wavOf(range?: { start: number; end?: number }): Promise<Buffer> {
  const recording = await openRecording(file, KEY);
  try {
    return await buffer(recording.createWavStream(range));
  } finally {
    await recording.close();
  }
}

describe('a recording', () => {
  it('plays back both sides, aligned, as WAV', async () => {
    await record(130);
    const recording = await openRecording(file, KEY);
    expect(recording).toMatchObject({
      state: 'complete',
      durationMs: 2_600,
      channels: 2,
      startedAt: STARTED_AT,
      wavBytes: 44 + 130 * 640,
    });
    await recording.verify();
    await recording.close();
    const wav = await wavOf();
    expect(wav.length).toBe(44 + 130 * 640);
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wav.readUInt32LE(40)).toBe(130 * 640);
    const samples = new Int16Array(
      wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length),
    );
    expect(samples).toEqual(expectedSamples(130));
  });

  it('gives any range of bytes as cut from the whole', async () => {
    await record(130);
    const whole = await wavOf();
    const ends: [number, number | undefined][] = [
      [0, 0],
      [0, 43],
      [40, 50],
      [44, undefined],
      [44 + 640 * 50 - 3, 44 + 640 * 50 + 3],
      [77_777, 80_001],
      [whole.length - 1, undefined],
      [whole.length + 5, undefined],
      [10, whole.length + 500],
    ];
    for (const [start, end] of ends) {
      const part = await wavOf(end === undefined ? { start } : { start, end });
      expect(part.equals(whole.subarray(start, end === undefined ? undefined : end + 1))).toBe(
        true,
      );
    }
  });

  it('has nothing in the clear, and no two files alike', async () => {
    await record(100);
    const first = await readFile(file);
    await rm(file);
    await record(100);
    const second = await readFile(file);
    for (let i = 0; i < 100; i += 7) {
      expect(first.includes(Buffer.from(left(i).subarray(0, 16)))).toBe(false);
    }
    expect(first.subarray(HEADER_BYTES).equals(second.subarray(HEADER_BYTES))).toBe(false);
  });

  it('keeps holds and mutes as silence with marks', async () => {
    const writer = await createRecording({ file, key: KEY, startedAt: 0, onFailed: () => {} });
    for (let frame = 0; frame < 120; frame += 1) {
      const held = frame >= 10 && frame < 60;
      const muted = frame >= 100;
      writer.frame(held ? null : left(1), held || muted ? null : right(1), { held, muted });
    }
    await writer.finish();
    const recording = await openRecording(file, KEY);
    expect(await recording.readMarks()).toEqual([
      { atMs: 200, kind: 'held' },
      { atMs: 1_200, kind: 'resumed' },
      { atMs: 2_000, kind: 'muted' },
    ]);
    await recording.close();
    const wav = await wavOf();
    expect(wav.readInt16LE(44 + 30 * 640)).toBe(0);
    expect(wav.readInt16LE(44 + 110 * 640)).not.toBe(0);
    expect(wav.readInt16LE(44 + 110 * 640 + 2)).toBe(0);
  });

  it('may be empty', async () => {
    await record(0);
    expect((await wavOf()).length).toBe(44);
  });

  it('is never written over', async () => {
    await record(5);
    await expect(
      createRecording({ file, key: KEY, startedAt: 0, onFailed: () => {} }),
    ).rejects.toMatchObject({
      code: 'recording.exists',
    });
  });

  it('tells when it cannot be written', async () => {
    const nowhere = join(directory, 'missing', 'one.rec');
    await expect(
      createRecording({ file: nowhere, key: KEY, startedAt: 0, onFailed: () => {} }),
    ).rejects.toMatchObject({ code: 'recording.write-failed' });
    await expect(
      createRecording({ file, key: KEY.subarray(1), startedAt: 0, onFailed: () => {} }),
    ).rejects.toMatchObject({ code: 'recording.bad-key' });
  });
});

describe('a recording that was cut off', () => {
  it.each([0, 1, 8, 15_000, FULL_CHUNK_BYTES - 1])(
    'plays everything before, with %i bytes of a broken tail',
    async (tailBytes) => {
      await record(150, { cut: true });
      const whole = await readFile(file);
      await writeFile(file, whole.subarray(0, HEADER_BYTES + 2 * FULL_CHUNK_BYTES + tailBytes));
      const recording = await openRecording(file, KEY);
      expect(recording).toMatchObject({ state: 'recovered', durationMs: 2_000 });
      await recording.verify();
      await recording.close();
      expect((await wavOf()).length).toBe(44 + 100 * 640);
    },
  );

  it('plays a short last chunk whose end mark is missing', async () => {
    await record(75);
    await truncate(file, (await stat(file)).size - 32);
    const recording = await openRecording(file, KEY);
    expect(recording).toMatchObject({ state: 'recovered', durationMs: 1_500 });
    await recording.close();
  });

  it('is ended by recovery, once, and says recovered ever after', async () => {
    await record(150, { cut: true });
    await truncate(file, HEADER_BYTES + 2 * FULL_CHUNK_BYTES + 333);
    const first = await recoverRecording(file, KEY);
    expect(first).toEqual({
      durationMs: 2_000,
      state: 'recovered',
      bytes: (await stat(file)).size,
    });
    const after = await readFile(file);
    expect(await recoverRecording(file, KEY)).toEqual(first);
    expect((await readFile(file)).equals(after)).toBe(true);
    expect((await wavOf()).length).toBe(44 + 100 * 640);
    // a cut after recovery is seen too: the length was fixed
    await truncate(file, HEADER_BYTES + FULL_CHUNK_BYTES);
    const recording = await openRecording(file, KEY);
    expect(recording.durationMs).toBe(1_000);
    await recording.close();
  });

  it('leaves a complete file as it is', async () => {
    await record(60);
    const before = await readFile(file);
    expect(await recoverRecording(file, KEY)).toMatchObject({
      state: 'complete',
      durationMs: 1_200,
    });
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('with only a header has no sound', async () => {
    await record(10);
    await truncate(file, HEADER_BYTES);
    expect(await recoverRecording(file, KEY)).toMatchObject({ durationMs: 0, state: 'recovered' });
  });
});

describe('a recording that was changed', () => {
  it('fails where it was changed, and plays the rest', async () => {
    await record(150);
    const bytes = await readFile(file);
    const at = HEADER_BYTES + FULL_CHUNK_BYTES + 500;
    bytes[at] = bytes[at]! ^ 1;
    await writeFile(file, bytes);
    const recording = await openRecording(file, KEY);
    expect(recording.state).toBe('complete');
    await expect(recording.verify()).rejects.toMatchObject({ code: 'recording.tampered' });
    await expect(buffer(recording.createWavStream())).rejects.toMatchObject({
      code: 'recording.tampered',
    });
    const good = await buffer(recording.createWavStream({ start: 0, end: 30_000 }));
    expect(good.length).toBe(30_001);
    await recording.close();
  });

  it('shows chunks left out, moved, or taken from another file', async () => {
    await record(200);
    const bytes = await readFile(file);
    const chunk = (i: number): Buffer =>
      bytes.subarray(
        HEADER_BYTES + i * FULL_CHUNK_BYTES,
        HEADER_BYTES + (i + 1) * FULL_CHUNK_BYTES,
      );
    const header = bytes.subarray(0, HEADER_BYTES);
    const end = bytes.subarray(HEADER_BYTES + 4 * FULL_CHUNK_BYTES);
    await writeFile(file, Buffer.concat([header, chunk(0), chunk(2), chunk(3), end]));
    await expect(openRecording(file, KEY)).rejects.toMatchObject({ code: 'recording.tampered' });
    await writeFile(file, Buffer.concat([header, chunk(1), chunk(0), chunk(2), chunk(3), end]));
    const moved = await openRecording(file, KEY);
    await expect(moved.verify()).rejects.toMatchObject({ code: 'recording.tampered' });
    await moved.close();
  });

  it('does not open with another key, a changed header, or as something else', async () => {
    await record(150);
    await expect(openRecording(file, randomBytes(32))).rejects.toMatchObject({
      code: 'recording.bad-key',
    });
    const bytes = await readFile(file);
    bytes[20] = bytes[20]! ^ 1;
    await writeFile(file, bytes);
    await expect(openRecording(file, KEY)).rejects.toMatchObject({ code: 'recording.bad-key' });
    bytes[8] = 9;
    await writeFile(file, bytes);
    await expect(openRecording(file, KEY)).rejects.toMatchObject({
      code: 'recording.unknown-version',
    });
    await writeFile(file, 'not a recording');
    await expect(openRecording(file, KEY)).rejects.toMatchObject({
      code: 'recording.not-a-recording',
    });
    await expect(openRecording(join(directory, 'none'), KEY)).rejects.toMatchObject({
      code: 'recording.not-found',
    });
  });
});

describe('the shape of a recording', () => {
  it('is the loudest sample of each stretch of each channel, of the encrypted file', async () => {
    const writer = await createRecording({
      file,
      key: KEY,
      startedAt: STARTED_AT,
      onFailed: (error) => {
        throw error;
      },
    });
    // µ-law: 0xff is silence, 0x80 and 0x00 are the loudest of both signs
    const [silent, loud, low] = [0xff, 0x80, 0x00].map((byte) => new Uint8Array(160).fill(byte));
    for (let frame = 0; frame < 100; frame += 1)
      writer.frame(frame < 25 ? loud! : silent!, frame >= 75 ? low! : silent!, NO_MARKS);
    await writer.finish();
    const recording = await openRecording(file, KEY);
    expect(await readPeaks(recording, 4)).toEqual({ left: [98, 0, 0, 0], right: [0, 0, 0, 98] });
    expect((await readPeaks(recording)).left).toHaveLength(200);
    await recording.close();
  });

  it('of one that never began to speak is flat', async () => {
    await record(0);
    const recording = await openRecording(file, KEY);
    expect(await readPeaks(recording)).toEqual({ left: [0], right: [0] });
    await recording.close();
  });
});
