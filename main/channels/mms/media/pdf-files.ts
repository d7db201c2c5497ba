import { fileURLToPath } from 'node:url';

/** Folders that drawing a PDF reads instead of the network; each ends with a slash. */
export interface PdfFiles {
  cMapUrl: string;
  standardFontDataUrl: string;
  wasmUrl: string;
  iccUrl: string;
}

/** From the package when run from sources; beside the bundle when built (`scripts/lib/build-parts.mjs` names them too). */
export function pdfFiles(): PdfFiles {
  const base = import.meta.url.endsWith('.ts')
    ? new URL('../../../../node_modules/pdfjs-dist/', import.meta.url)
    : new URL('./pdf/', import.meta.url);
  const folder = (name: string): string => fileURLToPath(new URL(`${name}/`, base));
  return {
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    iccUrl: folder('iccs'),
  };
}
