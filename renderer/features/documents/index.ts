export { AccessRequestSheet } from './access-request-sheet.tsx';
export { CreateLetterSheet, type LetterChoice } from './create-letter-sheet.tsx';
export { DocumentActions } from './document-actions.tsx';
export { ErasureSheet } from './erasure-sheet.tsx';
export { PdfPreview } from './pdf-preview.tsx';
