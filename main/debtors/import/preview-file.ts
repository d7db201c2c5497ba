import { stat } from 'node:fs/promises';
import type { ImportFormat, ImportMapping, ImportPreview } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { assertText } from './assert-text.ts';
import { RecordConverter } from './convert-record.ts';
import { fitMapping } from './fit-mapping.ts';
import { guessMapping } from './guess-mapping.ts';
import { type RawRecord, RecordReader } from './record-reader.ts';
import { createTextDecoder } from './text-encoding.ts';
import { mappingForFormat, openImportSource, readSample, sheetNames } from './xlsx/index.ts';

const SAMPLE_BYTES = 512 * 1024;
const SHOWN_RECORDS = 50;
/** A larger file is counted while it is imported. */
const COUNTED_BYTES = 128 * 1024 * 1024;
/** It is packed, and slower to read. */
const COUNTED_SPREADSHEET_BYTES = 4 * 1024 * 1024;
/** What a spreadsheet is turned into before anything is known of it. */
const SPREADSHEET_TEXT = { encoding: 'utf-8', delimiter: ';' } as const;
const SPREADSHEET = { ...SPREADSHEET_TEXT, decimalSeparator: ',' } as const;
/** A cell is shown, not stored: a novel in it would only slow the window. */
const SHOWN_CELL_CHARACTERS = 500;

/**
 * The first records of a file as they stand and as they would be stored.
 * @throws AppError `import.empty-file`, `import.unreadable`, and those of spreadsheets: `import.old-spreadsheet`,
 * `import.encrypted`, `import.too-large`, `import.no-such-sheet`
 */
export async function previewFile(options: PreviewOptions): Promise<ImportPreview> {
  const { mapping, bytes, isCut, format } = await sampleFile(options.path, options.mapping);
  const records = firstRecords(bytes, mapping, isCut);
  const first = records[0];
  if (first === undefined) throw new AppError('import.empty-file', 'there is nothing in this file');
  const headers = mapping.hasHeader ? first.fields : mapping.columns.map(() => '');
  const shown = (mapping.hasHeader ? records.slice(1) : records).slice(0, SHOWN_RECORDS);
  return {
    mapping,
    headers: headers.map(shorten),
    rawRows: shown.map((raw) => raw.fields.map(shorten)),
    records: showRecords(shown, { ...options, mapping }),
    rows: await countRecords(options.path, mapping, format),
    ...(format === 'xlsx' ? { sheets: await sheetNames(options.path) } : {}),
  };
}

export interface PreviewOptions {
  path: string;
  mapping: ImportMapping | null;
  storeKind: StoreKind;
  thisYear: number;
}

/** A file's first bytes as text, with the mapping that fits them. */
async function sampleFile(path: string, given: ImportMapping | null) {
  const source = await openImportSource(path, given ?? SPREADSHEET);
  const sample = await readSample(source, SAMPLE_BYTES);
  assertText(sample.bytes);
  const { format } = source;
  const own = format === 'xlsx' ? SPREADSHEET_TEXT : {};
  const read = given
    ? fitMapping(mappingForFormat(given, format), sample.bytes)
    : guessMapping(sample.bytes, own);
  const mapping = mappingForFormat(read, format);
  // numbers of a spreadsheet are written with the decimal sign of the mapping: the guess may have found the other one
  if (given === null && format === 'xlsx' && mapping.decimalSeparator !== ',') {
    const again = await readSample(await openImportSource(path, mapping), SAMPLE_BYTES);
    return { mapping, format, ...again };
  }
  return { mapping, format, ...sample };
}

/** @param isCut the file goes on after the sample, so its last record may not be whole */
function firstRecords(sample: Uint8Array, mapping: ImportMapping, isCut: boolean): RawRecord[] {
  const decoder = createTextDecoder(mapping.encoding);
  const reader = new RecordReader(mapping.delimiter, mapping.columns.length);
  const records = reader.push(decoder.write(sample));
  return isCut ? records : [...records, ...reader.push(decoder.end()), ...reader.end()];
}

function showRecords(
  records: readonly RawRecord[],
  options: { mapping: ImportMapping; storeKind: StoreKind; thisYear: number },
): ImportPreview['records'] {
  const converter = new RecordConverter({ ...options, creditorName: '' });
  return records.map((raw) => {
    const { record, problems, warnings } = converter.convert(raw);
    const phones = record?.contactPoints.filter((point) => point.kind !== 'email') ?? [];
    return {
      line: raw.line,
      displayName: record?.debtor.displayName ?? null,
      debtRef: record?.debt.externalRef ?? null,
      balance:
        record === null
          ? null
          : { amountMinor: record.debt.balanceMinor, currency: record.debt.currency },
      dueOn: record?.debt.dueOn ?? null,
      phones: phones.map((point) => point.value),
      problems,
      warnings,
    };
  });
}

/** Null while a file is too large to count at once. */
async function countRecords(
  path: string,
  mapping: ImportMapping,
  format: ImportFormat,
): Promise<number | null> {
  const { size } = await stat(path);
  if (size > (format === 'xlsx' ? COUNTED_SPREADSHEET_BYTES : COUNTED_BYTES)) return null;
  const decoder = createTextDecoder(mapping.encoding);
  const reader = new RecordReader(mapping.delimiter, mapping.columns.length);
  let count = 0;
  for await (const bytes of await openImportSource(path, mapping)) {
    count += reader.push(decoder.write(bytes)).length;
  }
  count += reader.push(decoder.end()).length + reader.end().length;
  return mapping.hasHeader ? Math.max(0, count - 1) : count;
}

function shorten(cell: string): string {
  return cell.length > SHOWN_CELL_CHARACTERS ? `${cell.slice(0, SHOWN_CELL_CHARACTERS)}…` : cell;
}
