import { type FileHandle, open } from 'node:fs/promises';
import type { ImportMapping, ImportPreview } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { assertText } from './assert-text.ts';
import { RecordConverter } from './convert-record.ts';
import { fitMapping } from './fit-mapping.ts';
import { guessMapping } from './guess-mapping.ts';
import { type RawRecord, RecordReader } from './record-reader.ts';
import { createTextDecoder } from './text-encoding.ts';

const SAMPLE_BYTES = 512 * 1024;
const SHOWN_RECORDS = 50;
/** A larger file is counted while it is imported. */
const COUNTED_BYTES = 128 * 1024 * 1024;
/** A cell is shown, not stored: a novel in it would only slow the window. */
const SHOWN_CELL_CHARACTERS = 500;

/**
 * The first records of a file as they stand and as they would be stored.
 * @throws AppError `import.empty-file`, `import.unreadable`
 */
export async function previewFile(options: {
  path: string;
  mapping: ImportMapping | null;
  storeKind: StoreKind;
  thisYear: number;
}): Promise<ImportPreview> {
  const file = await open(options.path, 'r');
  try {
    const { size } = await file.stat();
    const sample = await readStart(file);
    assertText(sample);
    const mapping = options.mapping ? fitMapping(options.mapping, sample) : guessMapping(sample);
    const records = firstRecords(sample, mapping, sample.length < size);
    const first = records[0];
    if (first === undefined)
      throw new AppError('import.empty-file', 'there is nothing in this file');
    const headers = mapping.hasHeader ? first.fields : mapping.columns.map(() => '');
    const shown = (mapping.hasHeader ? records.slice(1) : records).slice(0, SHOWN_RECORDS);
    return {
      mapping,
      headers: headers.map(shorten),
      rawRows: shown.map((raw) => raw.fields.map(shorten)),
      records: showRecords(shown, { ...options, mapping }),
      rows: size > COUNTED_BYTES ? null : await countRecords(file, mapping),
    };
  } finally {
    await file.close();
  }
}

async function readStart(file: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
  return buffer.subarray(0, bytesRead);
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

async function countRecords(file: FileHandle, mapping: ImportMapping): Promise<number> {
  const decoder = createTextDecoder(mapping.encoding);
  const reader = new RecordReader(mapping.delimiter, mapping.columns.length);
  let count = 0;
  const stream = file.createReadStream({ start: 0, autoClose: false, highWaterMark: SAMPLE_BYTES });
  for await (const bytes of stream) count += reader.push(decoder.write(bytes as Buffer)).length;
  count += reader.push(decoder.end()).length + reader.end().length;
  return mapping.hasHeader ? Math.max(0, count - 1) : count;
}

function shorten(cell: string): string {
  return cell.length > SHOWN_CELL_CHARACTERS ? `${cell.slice(0, SHOWN_CELL_CHARACTERS)}…` : cell;
}
