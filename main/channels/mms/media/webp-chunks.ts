import { unreadable } from './media-errors.ts';

/** One chunk of a WebP file: type (4) · length (4, little endian) · data, padded to even. @see RFC 9649 §2.3 */
export interface WebpChunk {
  type: string;
  whole: Uint8Array;
  data: Uint8Array;
}

const METADATA = new Set(['EXIF', 'XMP ', 'ICCP']);

export function isWebp(bytes: Uint8Array): boolean {
  return text(bytes, 0) === 'RIFF' && text(bytes, 8) === 'WEBP';
}

/** @throws AppError `message.media-unreadable` */
export function webpChunks(bytes: Uint8Array): WebpChunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: WebpChunk[] = [];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (at + 8 + length > bytes.length) throw unreadable('a chunk is cut off');
    const data = bytes.subarray(at + 8, at + 8 + length);
    chunks.push({ type: text(bytes, at), whole: bytes.subarray(at, end), data });
    at = end;
  }
  return chunks;
}

/** The largest that any of its chunks claims: a small canvas may hide a large picture. */
export function webpSize(chunks: readonly WebpChunk[]): { width: number; height: number } {
  const sizes = chunks.map(chunkSize).filter((size) => size !== null);
  return {
    width: Math.max(0, ...sizes.map(({ width }) => width)),
    height: Math.max(0, ...sizes.map(({ height }) => height)),
  };
}

function chunkSize({ type, data }: WebpChunk): { width: number; height: number } | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (type === 'VP8X' && data.length >= 10) {
    return { width: triple(data, 4) + 1, height: triple(data, 7) + 1 };
  }
  if (type === 'VP8L' && data.length >= 5) {
    const bits = view.getUint32(1, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (type === 'VP8 ' && data.length >= 10) {
    return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
  }
  if (type === 'ANMF' && data.length >= 16) {
    return { width: triple(data, 6) + 1, height: triple(data, 9) + 1 };
  }
  return null;
}

export function isWebpMetadata({ type }: WebpChunk): boolean {
  return METADATA.has(type);
}

/** Some writers put the head of JPEG's segment before the TIFF structure. */
export function webpExif(chunks: readonly WebpChunk[]): Uint8Array | null {
  const data = chunks.find(({ type }) => type === 'EXIF')?.data ?? null;
  return data !== null && text(data, 0) === 'Exif' ? data.subarray(6) : data;
}

/** Without Exif, so that no decoder turns it. */
export function drawableWebp(chunks: readonly WebpChunk[]): Uint8Array {
  const kept = chunks.filter(({ type }) => type !== 'EXIF' && type !== 'XMP ');
  const body = Buffer.concat(
    kept.map(({ type, whole }) => (type === 'VP8X' ? bare(whole) : whole)),
  );
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

/** The extended header says which chunks there are: Exif (0x08) and XMP (0x04) are gone. */
function bare(extended: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(extended);
  copy[8] = (copy[8] ?? 0) & ~0x0c;
  return copy;
}

function triple(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
}

function text(bytes: Uint8Array, at: number): string {
  return Buffer.from(bytes.subarray(at, at + 4)).toString('latin1');
}
