export { IMPORT_BATCH_SIZE, type ImportBytes, importBytes } from './import-bytes.ts';
export { ImportJob, type ImportJobParts, type JobProgress } from './import-job.ts';
export { importWrites } from './import-writes.ts';
export { createImports, type Imports, type ImportsParts } from './imports.ts';
export {
  assertKindInput,
  type KindInput,
  kindRequest,
  loadHome,
  type OtherKind,
  startKind,
} from './kinds/index.ts';
export { assertMapping } from './mapping-check.ts';
export { importParserEntry, requestPreview } from './parser-client.ts';
export { runImportParser } from './parser-thread.ts';
export { loadTemplates, previewWithTemplates } from './templates/index.ts';
