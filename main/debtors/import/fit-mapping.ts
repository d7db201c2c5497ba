import type { ImportMapping } from '#shared/contract/index.ts';
import { guessColumns } from './guess-columns.ts';
import { RecordReader } from './record-reader.ts';
import { createTextDecoder } from './text-encoding.ts';

/** Records that are looked at; more would not change the guess. */
const LOOKED_AT_RECORDS = 200;

/**
 * The mapping a person gave, as far as it fits the file. Read with another delimiter or encoding, a file has other
 * columns: when it has not as many as the mapping, what they mean is guessed anew and the rest of the mapping stays.
 */
export function fitMapping(mapping: ImportMapping, sample: Uint8Array): ImportMapping {
  const text = createTextDecoder(mapping.encoding).write(sample);
  const records = new RecordReader(mapping.delimiter)
    .push(text.endsWith('\n') ? text : `${text}\n`)
    .slice(0, LOOKED_AT_RECORDS)
    .map((record) => record.fields);
  const first = records[0];
  if (first === undefined || first.length === mapping.columns.length) return mapping;
  const headers = mapping.hasHeader ? first : first.map(() => '');
  const rows = mapping.hasHeader ? records.slice(1) : records;
  return { ...mapping, columns: guessColumns(headers, rows).slice(0, 500) };
}
