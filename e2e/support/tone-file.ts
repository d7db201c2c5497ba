import { writeFileSync } from 'node:fs';

const SAMPLE_RATE = 48_000;
const HEADER_BYTES = 44;

/**
 * A microphone that hums: one second of a pure tone, which repeats without a seam because `hz` is a whole number.
 * @param levelDbfs RMS relative to full scale
 */
export function writeToneFile(file: string, hz: number, levelDbfs = -20): void {
  const amplitude = 32_767 * 10 ** (levelDbfs / 20) * Math.SQRT2;
  const data = Buffer.alloc(HEADER_BYTES + SAMPLE_RATE * 2);
  writeHeader(data);
  for (let index = 0; index < SAMPLE_RATE; index += 1) {
    const sample = amplitude * Math.sin((2 * Math.PI * hz * index) / SAMPLE_RATE);
    data.writeInt16LE(Math.round(sample), HEADER_BYTES + index * 2);
  }
  writeFileSync(file, data);
}

/** RIFF, one chunk `fmt ` (PCM, mono, 16 bit), one chunk `data`. */
function writeHeader(data: Buffer): void {
  const bytes = data.length - HEADER_BYTES;
  data.write('RIFF', 0);
  data.writeUInt32LE(data.length - 8, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(SAMPLE_RATE, 24);
  data.writeUInt32LE(SAMPLE_RATE * 2, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write('data', 36);
  data.writeUInt32LE(bytes, 40);
}
