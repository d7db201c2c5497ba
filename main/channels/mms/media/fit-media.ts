import { fitPicture } from './fit-picture.ts';
import { tooLarge, wrongKind } from './media-errors.ts';
import type { FittedMedia, MediaWish } from './media-types.ts';
import { fitPdfPage, isPdf } from './pdf-page.ts';
import { readPictureHead } from './picture-head.ts';

/** Larger files are not even looked at. */
export const MOST_SOURCE_BYTES = 50_000_000;

/**
 * Makes a file fit to be sent. What it is shows in its bytes: neither its name nor what somebody calls it is believed.
 * Slow: runs in the media thread.
 * @throws AppError `message.media-unreadable`, `message.media-too-large`, `message.media-kind`
 */
export async function fitMedia(source: Uint8Array, wish: MediaWish): Promise<FittedMedia> {
  if (source.length > MOST_SOURCE_BYTES) throw tooLarge('it is too long');
  const head = readPictureHead(source);
  if (head !== null) return fitPicture(head, wish);
  if (isPdf(source)) {
    return wish.target === 'email' && wish.as !== 'picture'
      ? asItIs(source, 'application/pdf', wish)
      : fitPdfPage(source, wish);
  }
  if (wish.target === 'email' && wish.as !== 'picture' && isText(source)) {
    return asItIs(source, 'text/plain', wish);
  }
  throw wrongKind();
}

function asItIs(bytes: Uint8Array, mediaType: string, { maxBytes }: MediaWish): FittedMedia {
  if (bytes.length > maxBytes) throw tooLarge('it cannot be made smaller', { maxBytes });
  return { bytes, mediaType, width: null, height: null, pages: null, steps: [] };
}

/** UTF-8 without control characters. */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells a program's file from a text
    return text.trim() !== '' && !/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text);
  } catch {
    return false;
  }
}
