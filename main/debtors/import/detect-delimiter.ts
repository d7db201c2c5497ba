import type { ImportMapping } from '#shared/contract/index.ts';
import { RecordReader } from './record-reader.ts';

type Delimiter = ImportMapping['delimiter'];
const DELIMITERS: readonly Delimiter[] = [';', ',', '\t', '|'];
const LOOKED_AT_RECORDS = 40;

/** The delimiter by which most records of the text have the same number of fields, and more than one. */
export function detectDelimiter(text: string): Delimiter {
  const scored = DELIMITERS.map((delimiter) => ({ delimiter, score: scoreOf(text, delimiter) }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

function scoreOf(text: string, delimiter: string): number {
  const records = new RecordReader(delimiter).push(`${text}\n`).slice(0, LOOKED_AT_RECORDS);
  const widths = records.map((record) => record.fields.length);
  const header = widths[0] ?? 1;
  if (header < 2) return 0;
  const alike = widths.filter((width) => width === header).length;
  // agreement first; of two that agree the one with more columns
  return alike / widths.length + Math.min(header, 100) / 1000;
}
