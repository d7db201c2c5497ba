export {
  type ImportSource,
  mappingForFormat,
  openImportSource,
  readSample,
} from './import-source.ts';
export { sniffFormat } from './sniff-file.ts';
export { sheetNames } from './spreadsheet-text.ts';
