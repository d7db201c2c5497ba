import { AppError } from '#shared/errors/index.ts';

/** One page of a document, drawn when it is asked for. */
export interface PdfPage {
  width: number;
  height: number;
  /** draws the page so wide, in pixels of the screen */
  draw(canvas: HTMLCanvasElement, width: number): Promise<void>;
}

export interface OpenPdf {
  pages: readonly PdfPage[];
  close(): void;
}

/**
 * Reads a document from an address of the engine. pdf.js is loaded with the first one, not with the window.
 * @throws AppError `download.failed`, `document.unreadable`
 */
export async function openPdf(url: string): Promise<OpenPdf> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new AppError('download.failed', 'no answer', { cause });
  });
  if (!response.ok) throw new AppError('download.failed', `status ${response.status}`);
  const data = new Uint8Array(await response.arrayBuffer());
  const { getDocument, PDFWorker } = await import('pdfjs-dist');
  const port = new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' });
  const worker = PDFWorker.create({ port });
  const close = (): void => {
    worker.destroy();
    port.terminate();
  };
  try {
    // no WebAssembly: the content security policy does not allow it, and letters need none
    const document = await getDocument({ data, worker, useWasm: false }).promise;
    const pages: PdfPage[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const { width, height } = page.getViewport({ scale: 1 });
      pages.push({
        width,
        height,
        async draw(canvas, wanted) {
          const viewport = page.getViewport({ scale: wanted / width });
          canvas.width = Math.round(viewport.width);
          canvas.height = Math.round(viewport.height);
          await page.render({ canvas, viewport }).promise;
        },
      });
    }
    return { pages, close };
  } catch (cause) {
    close();
    throw new AppError('document.unreadable', 'not a document that can be shown', { cause });
  }
}
