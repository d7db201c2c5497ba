import { type Canvas, createCanvas, type Image, loadImage } from '@napi-rs/canvas';
import { isOnItsSide, uprightTransform } from './exif-orientation.ts';
import { withoutJpegMetadata } from './jpeg-segments.ts';
import { tooLarge, unreadable } from './media-errors.ts';
import type { FittedMedia, MediaStep, MediaWish } from './media-types.ts';
import type { PictureHead } from './picture-head.ts';

/** Pixels of the longer side, and JPEG qualities, tried in this order until one fits. */
const SIDES = [1600, 1200, 900, 640];
const QUALITIES = [80, 60, 40];

/**
 * A picture as an upright JPEG without metadata, no larger than wished.
 * @throws AppError `message.media-unreadable`, `message.media-too-large`
 */
export async function fitPicture(head: PictureHead, wish: MediaWish): Promise<FittedMedia> {
  const image = await decode(head.drawable);
  const steps: MediaStep[] = [];
  if (head.orientation !== 1) steps.push('turned');
  if (head.hasMetadata) steps.push('metadataRemoved');
  const turned = isOnItsSide(head.orientation);
  const size = {
    width: turned ? image.height : image.width,
    height: turned ? image.width : image.height,
  };
  const draw = (width: number, height: number): Canvas => drawUpright(image, head, width, height);
  const longest = Math.max(size.width, size.height);
  const sides = sidesFor(longest, wish.maxSide ?? 1600);
  const fitted = fitDrawing(
    sides.map((side) => scaled(size, side / longest)),
    draw,
    wish.maxBytes,
  );
  if (fitted.wasTransparent) steps.push('flattened');
  if (fitted.width < size.width || fitted.height < size.height) steps.push('scaled');
  steps.push('recompressed');
  const { bytes, width, height } = fitted;
  return { bytes, mediaType: 'image/jpeg', width, height, pages: null, steps };
}

/** @returns the picture's own size first when that is smaller than all steps; never more than it has */
function sidesFor(longest: number, maxSide: number): number[] {
  const first = Math.min(longest, maxSide);
  return [first, ...SIDES.filter((side) => side < first)];
}

function scaled(size: { width: number; height: number }, factor: number) {
  return {
    width: Math.max(1, Math.round(size.width * factor)),
    height: Math.max(1, Math.round(size.height * factor)),
  };
}

/**
 * Draws in one size after another, with falling quality, until the JPEG fits.
 * @throws AppError `message.media-too-large`
 */
export function fitDrawing(
  sizes: readonly { width: number; height: number }[],
  draw: (width: number, height: number) => Canvas,
  maxBytes: number,
): { bytes: Uint8Array; width: number; height: number; wasTransparent: boolean } {
  for (const { width, height } of sizes) {
    const { canvas, wasTransparent } = onWhite(draw(width, height));
    for (const quality of QUALITIES) {
      const bytes = withoutJpegMetadata(canvas.toBuffer('image/jpeg', quality));
      if (bytes.length <= maxBytes) return { bytes, width, height, wasTransparent };
    }
  }
  throw tooLarge('it does not fit at any size', { maxBytes });
}

async function decode(bytes: Uint8Array): Promise<Image> {
  try {
    const image = await loadImage(bytes);
    if (image.width < 1 || image.height < 1) throw unreadable('it is empty');
    return image;
  } catch (error) {
    throw unreadable('it is damaged', error);
  }
}

function drawUpright(image: Image, head: PictureHead, width: number, height: number): Canvas {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.setTransform(...uprightTransform(head.orientation, width, height));
  const turned = isOnItsSide(head.orientation);
  context.drawImage(image, 0, 0, turned ? height : width, turned ? width : height);
  return canvas;
}

/** JPEG has no transparency, and would show black where there is some. */
function onWhite(drawn: Canvas): { canvas: Canvas; wasTransparent: boolean } {
  const { width, height } = drawn;
  const wasTransparent = hasTransparency(drawn);
  if (!wasTransparent) return { canvas: drawn, wasTransparent };
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.drawImage(drawn, 0, 0);
  return { canvas, wasTransparent };
}

function hasTransparency(canvas: Canvas): boolean {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 255) < 255) return true;
  return false;
}
