/** The part of the library that we use, loaded when the first PDF comes. */
export type Pdfjs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

let loaded: Promise<Pdfjs> | null = null;

/** Its worker runs in this same thread, which is one already. */
export function loadPdfjs(): Promise<Pdfjs> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Pdfjs> {
  sayThatThisIsNode();
  const worker = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  Object.assign(globalThis, { pdfjsWorker: worker });
  return await import('pdfjs-dist/legacy/build/pdf.mjs');
}

/** The library takes a utility process of Electron for a page; `process` of a thread is its own. */
function sayThatThisIsNode(): void {
  if (process.versions.electron === undefined) return;
  Object.defineProperty(process, 'type', { value: 'browser', configurable: true });
}
