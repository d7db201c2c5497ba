export { IMPORT_BATCH_SIZE, type ImportBytes, importBytes } from './import-bytes.ts';
export { importWrites } from './import-writes.ts';
