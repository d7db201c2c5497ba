import { unreadable } from './media-errors.ts';

/**
 * The head of a JPEG file (ITU-T T.81 §B.1.1):
 *
 * ```
 * FFD8 (SOI) · segments · FFDA (SOS) …entropy-coded data, further segments… · FFD9 (EOI)
 * segment: FF marker(1) · length(2, with itself) · data
 * ```
 */
export interface JpegSegment {
  /** second byte of the marker */
  marker: number;
  /** with its marker and length */
  whole: Uint8Array;
  /** without them */
  data: Uint8Array;
}

const SOS = 0xda;
const APP0 = 0xe0;
const APP14 = 0xee;
const APP15 = 0xef;
const COM = 0xfe;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/**
 * Everything before the first scan, and where that begins.
 * @throws AppError `message.media-unreadable`
 */
export function jpegHead(bytes: Uint8Array): { segments: JpegSegment[]; scanAt: number } {
  const segments: JpegSegment[] = [];
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) throw unreadable('a marker is missing');
    const marker = bytes[at + 1] ?? 0;
    // fill bytes may stand before any marker
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === SOS) return { segments, scanAt: at };
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) throw unreadable('a segment is cut off');
    segments.push({ marker, whole: bytes.subarray(at, end), data: bytes.subarray(at + 4, end) });
    at = end;
  }
  throw unreadable('it has no picture data');
}

/** @throws AppError `message.media-unreadable` */
export function jpegSize(segments: readonly JpegSegment[]): { width: number; height: number } {
  const frame = segments.find(({ marker }) => isFrame(marker));
  const [, high = 0, low = 0, wide = 0, narrow = 0] = frame?.data ?? [];
  return { height: (high << 8) | low, width: (wide << 8) | narrow };
}

/** SOF0 … SOF15 without DHT, JPG and DAC, which lie among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Exif, XMP, colour profiles, thumbnails, comments: whatever is not needed to draw the picture. */
export function isJpegMetadata({ marker }: JpegSegment): boolean {
  const isApplication = marker > APP0 && marker <= APP15 && marker !== APP14;
  return isApplication || marker === COM;
}

/** The same picture with nothing before its first scan that is not needed to draw it. */
export function withoutJpegMetadata(bytes: Uint8Array): Uint8Array {
  const { segments, scanAt } = jpegHead(bytes);
  const kept = segments.filter((segment) => !isJpegMetadata(segment));
  return Buffer.concat([
    bytes.subarray(0, 2),
    ...kept.map(({ whole }) => whole),
    bytes.subarray(scanAt),
  ]);
}

/** The TIFF structure of Exif (CIPA DC-008 §4.5.4); null when there is none. */
export function jpegExif(segments: readonly JpegSegment[]): Uint8Array | null {
  const exif = segments.find(
    ({ marker, data }) =>
      marker === 0xe1 && Buffer.from(data.subarray(0, 6)).equals(Buffer.from('Exif\0\0')),
  );
  return exif?.data.subarray(6) ?? null;
}
