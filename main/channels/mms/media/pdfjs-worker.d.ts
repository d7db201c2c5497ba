/** The package has no types for it; it is only handed on. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs';
