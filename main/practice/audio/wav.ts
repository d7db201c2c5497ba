import { AppError } from '#shared/errors/index.ts';
import { decodeMuLaw } from '../media/rtp-format.ts';

/**
 * Reads a RIFF WAVE file of a telephone line: 8 kHz, mono, 16-bit linear or µ-law.
 *
 *   0 "RIFF" · 4 size · 8 "WAVE" · then chunks: 4 name · 4 size · data · (pad to even)
 *   "fmt ": 2 format (1 linear, 7 µ-law) · 2 channels · 4 rate · 4 bytes/s · 2 block · 2 bits
 *
 * @returns linear samples
 * @throws AppError `practice.bad-prompt` for any other format
 */
export function readWav(file: Buffer, name: string): Int16Array {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    throw badPrompt(name, 'not a WAV file');
  }
  const format = findChunk(file, 'fmt ');
  const data = findChunk(file, 'data');
  if (!format || format.length < 16 || !data) throw badPrompt(name, 'no format or no data');
  const coding = format.readUInt16LE(0);
  if (format.readUInt16LE(2) !== 1 || format.readUInt32LE(4) !== 8000) {
    throw badPrompt(name, 'not 8 kHz mono');
  }
  if (coding === 7) return decodeMuLaw(data);
  if (coding !== 1 || format.readUInt16LE(14) !== 16) throw badPrompt(name, 'not 16 bit or µ-law');
  return Int16Array.from({ length: data.length >> 1 }, (_, index) => data.readInt16LE(index * 2));
}

function findChunk(file: Buffer, wanted: string): Buffer | null {
  let offset = 12;
  while (offset + 8 <= file.length) {
    const size = file.readUInt32LE(offset + 4);
    const start = offset + 8;
    if (file.toString('latin1', offset, offset + 4) === wanted) {
      return file.subarray(start, Math.min(start + size, file.length));
    }
    offset = start + size + (size & 1);
  }
  return null;
}

function badPrompt(name: string, problem: string): AppError {
  return new AppError('practice.bad-prompt', `prompt ${name}: ${problem}`, { details: { name } });
}
