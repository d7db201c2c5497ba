import { AppError } from '#shared/errors/index.ts';
import { detectEncoding } from './text-encoding.ts';

/** First bytes of files that people take for a CSV. */
const OTHER_FORMATS: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a spreadsheet (XLSX) or archive: save it as CSV'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old spreadsheet (XLS): save it as CSV'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x1f, 0x8b], 'a compressed file: unpack it first'],
];
const MOST_ZEROS = 0.1;

/**
 * Says at once what a file is that cannot be imported, instead of thousands of rejected rows.
 * @param sample its first bytes
 * @throws AppError `import.empty-file`, `import.unreadable`
 */
export function assertText(sample: Uint8Array): void {
  if (sample.length === 0) throw new AppError('import.empty-file', 'there is nothing in this file');
  const other = OTHER_FORMATS.find(([bytes]) =>
    bytes.every((byte, index) => sample[index] === byte),
  );
  if (other) throw new AppError('import.unreadable', `this is ${other[1]}`);
  if (detectEncoding(sample) === 'utf-16le') return;
  let zeros = 0;
  for (const byte of sample) if (byte === 0) zeros += 1;
  if (zeros > sample.length * MOST_ZEROS) {
    throw new AppError('import.unreadable', 'this is no text file');
  }
}
