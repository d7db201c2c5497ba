import { createCanvas } from '@napi-rs/canvas';
import { fitDrawing } from './fit-picture.ts';
import { loadPdfjs, type Pdfjs } from './load-pdfjs.ts';
import { tooLarge, unreadable } from './media-errors.ts';
import type { FittedMedia, MediaWish } from './media-types.ts';
import { pdfFiles } from './pdf-files.ts';

const MOST_PAGES = 2_000;
/** Of a page of A4, letters of 10 points are 11 pixels high at 900: below that nobody can read it. */
const WIDTHS = [1600, 1200, 900];
/** A page may be a strip: its height is limited too. */
const MOST_PIXELS = 16_000_000;
const MOST_IMAGE_PIXELS = 65_000_000;

export function isPdf(bytes: Uint8Array): boolean {
  // some writers put a few bytes before the head
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');
}

/**
 * One page as a JPEG. Nothing in the file is run, and nothing outside it is fetched.
 * @throws AppError `message.media-unreadable` (also: needs a password, no such page), `message.media-too-large`
 */
export async function fitPdfPage(bytes: Uint8Array, wish: MediaWish): Promise<FittedMedia> {
  const pdfjs = await loadPdfjs();
  const task = pdfjs.getDocument({
    // the library takes the buffer away
    data: Uint8Array.from(bytes),
    ...pdfFiles(),
    cMapPacked: true,
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    enableXfa: false,
    stopAtErrors: false,
    maxImageSize: MOST_IMAGE_PIXELS,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  try {
    const pdf = await task.promise;
    if (pdf.numPages > MOST_PAGES) throw tooLarge(`${pdf.numPages} pages`);
    const number = wish.page ?? 1;
    if (number > pdf.numPages) throw unreadable('there is no such page');
    return await fitPage(pdfjs, await pdf.getPage(number), pdf.numPages, wish);
  } catch (error) {
    if (error instanceof Error && error.name === 'AppError') throw error;
    throw unreadable('it is no PDF that can be shown', error);
  } finally {
    await task.destroy();
  }
}

type Page = Awaited<ReturnType<Awaited<ReturnType<Pdfjs['getDocument']>['promise']>['getPage']>>;

/** Drawn once, as large as it may become, and scaled down from that. */
async function fitPage(
  pdfjs: Pdfjs,
  page: Page,
  pages: number,
  wish: MediaWish,
): Promise<FittedMedia> {
  const own = page.getViewport({ scale: 1 });
  if (!(own.width > 0 && own.height > 0)) throw unreadable('the page has no size');
  const ratio = own.height / own.width;
  const widest = Math.min(wish.maxSide ?? WIDTHS[0] ?? 1600, Math.sqrt(MOST_PIXELS / ratio));
  if (widest < 100) throw tooLarge('the page is a long strip');
  const widths = [Math.floor(widest), ...WIDTHS.filter((width) => width < widest)];
  const sizes = widths.map((width) => ({ width, height: Math.max(1, Math.round(width * ratio)) }));
  const [first = { width: 1, height: 1 }] = sizes;
  const whole = createCanvas(first.width, first.height);
  await page.render({
    // the library is typed for pages; the canvas is the one that it makes itself in Node
    canvas: whole as never,
    canvasContext: whole.getContext('2d') as never,
    viewport: page.getViewport({ scale: first.width / own.width }),
    background: '#ffffff',
    annotationMode: pdfjs.AnnotationMode.ENABLE,
  }).promise;
  const { bytes, width, height } = fitDrawing(
    sizes,
    (width, height) => {
      if (width === whole.width) return whole;
      const canvas = createCanvas(width, height);
      const context = canvas.getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(whole, 0, 0, width, height);
      return canvas;
    },
    wish.maxBytes,
  );
  return { bytes, mediaType: 'image/jpeg', width, height, pages, steps: ['page'] };
}
