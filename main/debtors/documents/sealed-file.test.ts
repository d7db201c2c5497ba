import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  newFileKey,
  openSealedFile,
  readSealedFile,
  SealedFileWriter,
  writeSealedFile,
} from './sealed-file.ts';

const PART = 64 * 1024;
let directory: string;
let path: string;
const key = newFileKey();
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-sealed-'));
  path = join(directory, 'file');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function content(bytes: number): Buffer {
  return Buffer.from(Array.from({ length: bytes }, (_, at) => (at * 31 + (at >> 8)) % 256));
}

describe('a sealed file', () => {
  it.each([0, 1, PART - 1, PART, PART + 1, 3 * PART])('gives back %i bytes', async (bytes) => {
    await writeSealedFile(path, key, content(bytes));
    expect((await readSealedFile(path, key)).equals(content(bytes))).toBe(true);
  });

  it('is written in pieces of any size', async () => {
    const whole = content(2 * PART + 777);
    const writer = await SealedFileWriter.create(path, key);
    for (let at = 0; at < whole.length; at += 1000)
      await writer.write(whole.subarray(at, at + 1000));
    expect(await writer.finish()).toBe(whole.length);
    expect((await readSealedFile(path, key)).equals(whole)).toBe(true);
  });

  it.each([
    [0, 9],
    [PART - 3, PART + 3],
    [2 * PART, 2 * PART + 99],
  ])('gives bytes %i to %i', async (start, end) => {
    const whole = content(2 * PART + 100);
    await writeSealedFile(path, key, whole);
    const file = await openSealedFile(path, key);
    const pieces: Buffer[] = [];
    for await (const piece of file.createReadStream({ start, end })) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(whole.subarray(start, end + 1))).toBe(true);
  });

  it('shows nothing of its content', async () => {
    await writeSealedFile(path, key, Buffer.from('Jan Kowalski '.repeat(20_000)));
    expect(readFileSync(path).includes('Kowalski')).toBe(false);
  });

  it('opens with its own key only', async () => {
    await writeSealedFile(path, key, content(10));
    await expect(openSealedFile(path, newFileKey())).rejects.toMatchObject({
      code: 'sealed-file.tampered',
    });
  });

  it('notices a missing end and a changed byte', async () => {
    await writeSealedFile(path, key, content(3 * PART));
    const bytes = readFileSync(path);
    const changed = Buffer.from(bytes);
    changed[5000] = (changed[5000] ?? 0) ^ 1;
    writeFileSync(path, changed);
    await expect(readSealedFile(path, key)).rejects.toMatchObject({ code: 'sealed-file.tampered' });
    writeFileSync(path, bytes);
    truncateSync(path, 40 + 2 * (PART + 16));
    await expect(openSealedFile(path, key)).rejects.toMatchObject({ code: 'sealed-file.tampered' });
  });

  it('says so when it is gone', async () => {
    await expect(openSealedFile(join(directory, 'none'), key)).rejects.toMatchObject({
      code: 'sealed-file.missing',
    });
  });
});
