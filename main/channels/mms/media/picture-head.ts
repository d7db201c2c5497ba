import { exifOrientation, type Orientation } from './exif-orientation.ts';
import { gifHasMetadata, gifSize, isGif } from './gif-head.ts';
import { isJpeg, isJpegMetadata, jpegExif, jpegHead, jpegSize } from './jpeg-segments.ts';
import { tooLarge, unreadable } from './media-errors.ts';
import { drawablePng, isPng, isPngMetadata, pngChunks, pngExif, pngSize } from './png-chunks.ts';
import {
  drawableWebp,
  isWebp,
  isWebpMetadata,
  webpChunks,
  webpExif,
  webpSize,
} from './webp-chunks.ts';

/** What is known of a picture before a decoder sees it. */
export interface PictureHead {
  /** pixels, as they are stored */
  width: number;
  height: number;
  orientation: Orientation;
  hasMetadata: boolean;
  /** without the orientation: decoders differ in whether they heed it, so that we turn it ourselves */
  drawable: Uint8Array;
}

/** Four bytes each: a decoder takes 260 MB for the largest. */
const MOST_PIXELS = 65_000_000;
const LONGEST_SIDE = 20_000;
const END = Buffer.from([0xff, 0xd9]);

/**
 * @returns null when it is no JPEG, PNG, GIF or WebP
 * @throws AppError `message.media-unreadable`, `message.media-too-large` by what the head claims, before it is decoded
 */
export function readPictureHead(bytes: Uint8Array): PictureHead | null {
  const head = readHead(bytes);
  if (head === null) return null;
  const { width, height } = head;
  if (width < 1 || height < 1) throw unreadable('it has no size');
  if (Math.max(width, height) > LONGEST_SIDE || width * height > MOST_PIXELS) {
    throw tooLarge(`${width} × ${height} pixels`, { width, height });
  }
  return head;
}

function readHead(bytes: Uint8Array): PictureHead | null {
  if (isJpeg(bytes)) return jpeg(bytes);
  if (isPng(bytes)) return png(bytes);
  if (isWebp(bytes)) return webp(bytes);
  if (!isGif(bytes)) return null;
  return {
    ...gifSize(bytes),
    orientation: 1,
    hasMetadata: gifHasMetadata(bytes),
    drawable: bytes,
  };
}

function jpeg(bytes: Uint8Array): PictureHead {
  const { segments, scanAt } = jpegHead(bytes);
  // decoders show a file that is cut off as far as it goes: half an invoice is not what was chosen
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(END) < scanAt) {
    throw unreadable('its end is missing');
  }
  const kept = segments.filter(({ marker }) => marker !== 0xe1);
  return {
    ...jpegSize(segments),
    orientation: exifOrientation(jpegExif(segments)),
    hasMetadata: segments.some(isJpegMetadata),
    drawable: Buffer.concat([
      bytes.subarray(0, 2),
      ...kept.map(({ whole }) => whole),
      bytes.subarray(scanAt),
    ]),
  };
}

function png(bytes: Uint8Array): PictureHead {
  const chunks = pngChunks(bytes);
  return {
    ...pngSize(chunks),
    orientation: exifOrientation(pngExif(chunks)),
    hasMetadata: chunks.some(isPngMetadata),
    drawable: drawablePng(chunks),
  };
}

function webp(bytes: Uint8Array): PictureHead {
  const chunks = webpChunks(bytes);
  return {
    ...webpSize(chunks),
    orientation: exifOrientation(webpExif(chunks)),
    hasMetadata: chunks.some(isWebpMetadata),
    drawable: drawableWebp(chunks),
  };
}
