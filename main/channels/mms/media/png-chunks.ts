import { unreadable } from './media-errors.ts';

/** One chunk of a PNG file: length (4) · type (4) · data · CRC (4). @see W3C PNG §5.3 */
export interface PngChunk {
  type: string;
  whole: Uint8Array;
  data: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** what is needed to draw it, in the colours that it was made in */
const DRAWN = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'sRGB',
  'gAMA',
  'cHRM',
  'cICP',
  'sBIT',
]);

export function isPng(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).equals(SIGNATURE);
}

/** @throws AppError `message.media-unreadable` */
export function pngChunks(bytes: Uint8Array): PngChunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) throw unreadable('a chunk is cut off');
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
    chunks.push({
      type,
      whole: bytes.subarray(at, end),
      data: bytes.subarray(at + 8, at + 8 + length),
    });
    if (type === 'IEND') break;
    at = end;
  }
  if (chunks[0]?.type !== 'IHDR' || chunks[0].data.length < 13) throw unreadable('no header');
  if (chunks.at(-1)?.type !== 'IEND') throw unreadable('its end is missing');
  return chunks;
}

export function pngSize(chunks: readonly PngChunk[]): { width: number; height: number } {
  const header = chunks[0]?.data ?? new Uint8Array(8);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  return { width: view.getUint32(0), height: view.getUint32(4) };
}

export function isPngMetadata({ type }: PngChunk): boolean {
  return !DRAWN.has(type);
}

export function pngExif(chunks: readonly PngChunk[]): Uint8Array | null {
  return chunks.find(({ type }) => type === 'eXIf')?.data ?? null;
}

/** Without Exif (so that no decoder turns it), animation and texts; its colour profile stays for the decoder. */
export function drawablePng(chunks: readonly PngChunk[]): Uint8Array {
  const kept = chunks.filter((chunk) => DRAWN.has(chunk.type) || chunk.type === 'iCCP');
  return Buffer.concat([SIGNATURE, ...kept.map(({ whole }) => whole)]);
}
