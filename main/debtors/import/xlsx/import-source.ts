import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ImportFormat, ImportMapping } from '#shared/contract/index.ts';
import { sniffFormat } from './sniff-file.ts';
import { spreadsheetText } from './spreadsheet-text.ts';

/** The text of an import file in pieces, whatever the file is: a spreadsheet comes as CSV. */
export interface ImportSource extends AsyncIterable<Buffer> {
  readonly format: ImportFormat;
  /** of the file as it lies on the disk, read so far */
  readonly bytesRead: number;
}

/** How the text of a source is to be read: what a spreadsheet has no say in is as it is written here. */
export type SourceMapping = Pick<ImportMapping, 'delimiter' | 'decimalSeparator' | 'sheet'>;

const PIECE_BYTES = 256 * 1024;

/**
 * Opens a file for reading from its beginning. What it is shows in its bytes, not in its name.
 * @throws AppError `import.old-spreadsheet`, `import.encrypted`; reading: `import.unreadable`, `import.too-large`,
 * `import.no-such-sheet`
 */
export async function openImportSource(
  path: string,
  mapping: SourceMapping,
): Promise<ImportSource> {
  const format = await sniffFormat(path);
  if (format !== 'xlsx') {
    const stream = createReadStream(path, { highWaterMark: PIECE_BYTES });
    return {
      format,
      get bytesRead() {
        return stream.bytesRead;
      },
      [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
    };
  }
  const { size } = await stat(path);
  const { delimiter, decimalSeparator, sheet } = mapping;
  let bytesRead = 0;
  const text = spreadsheetText({
    path,
    sheet,
    delimiter,
    decimalSeparator,
    onRead: (share) => {
      bytesRead = Math.round(share * size);
    },
  });
  return {
    format,
    get bytesRead() {
      return bytesRead;
    },
    [Symbol.asyncIterator]: () => text,
  };
}

/** The mapping as the text of this format is to be read: that of a spreadsheet is always UTF-8. */
export function mappingForFormat(mapping: ImportMapping, format: ImportFormat): ImportMapping {
  if (format === 'xlsx') return { ...mapping, format, encoding: 'utf-8' };
  if (mapping.format === undefined || mapping.format === format) return mapping;
  const { sheet: _sheet, ...rest } = mapping;
  return { ...rest, format };
}

/** The first bytes of the text, and whether there is more. */
export async function readSample(
  source: AsyncIterable<Buffer>,
  maxBytes: number,
): Promise<{ bytes: Buffer; isCut: boolean }> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of source) {
    pieces.push(piece);
    length += piece.length;
    if (length > maxBytes) break;
  }
  const bytes = Buffer.concat(pieces);
  return { bytes: bytes.subarray(0, maxBytes), isCut: length > maxBytes };
}
