import { stat } from 'node:fs/promises';
import type { ImportMapping, ImportPreview } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { assertText } from '../assert-text.ts';
import { detectEncoding } from '../text-encoding.ts';
import { mappingForFormat, openImportSource, readSample, sheetNames } from '../xlsx/index.ts';
import { nothingShown } from './convert-kinds.ts';
import { fitKindMapping, guessKindMapping, type Home } from './guess-kind-mapping.ts';
import type { OtherKind } from './kind-records.ts';
import { createKindReader, type KindItem } from './read-kind.ts';

const SAMPLE_BYTES = 512 * 1024;
const SHOWN_RECORDS = 50;
/** A larger file is counted while it is imported. */
const COUNTED_BYTES = 32 * 1024 * 1024;
const SHOWN_CELL_CHARACTERS = 500;
const SPREADSHEET_TEXT = { encoding: 'utf-8', delimiter: ';' } as const;

export interface KindPreviewOptions {
  kind: OtherKind;
  path: string;
  /** null: guessed */
  mapping: ImportMapping | null;
  storeKind: StoreKind;
  thisYear: number;
  /** absent: nothing is known */
  home?: Home | null;
}

/**
 * The first records of a file of a kind as they stand and as they would be stored.
 * @throws AppError `import.empty-file`, `import.unreadable`, and those of spreadsheets
 */
export async function previewKind(options: KindPreviewOptions): Promise<ImportPreview> {
  const { kind, path } = options;
  const { mapping, bytes, isCut } = await sampleFile(options);
  const reader = createKindReader(kind, mapping.format ?? 'csv', { ...options, mapping });
  const items = reader.push(bytes);
  if (!isCut) items.push(...reader.end());
  const rows = items.filter((item) => item.kind === 'row');
  if (rows.length === 0 && !mapping.hasHeader) {
    throw new AppError('import.empty-file', 'there is nothing in this file');
  }
  const shown = rows.slice(0, SHOWN_RECORDS);
  return {
    mapping,
    kind,
    headers:
      mapping.hasHeader || mapping.format === 'mt940'
        ? reader.headers.map(shorten)
        : mapping.columns.map(() => ''),
    rawRows: shown.map(({ raw }) => raw.fields.map(shorten)),
    records: shown.map(showRecord),
    rows: isCut ? await countRows({ ...options, mapping }) : rows.length,
    ...(mapping.format === 'xlsx' ? { sheets: await sheetNames(path) } : {}),
  };
}

async function sampleFile({ kind, path, mapping: given, home = null }: KindPreviewOptions) {
  const source = await openImportSource(
    path,
    given ?? { ...SPREADSHEET_TEXT, decimalSeparator: ',' },
  );
  const sample = await readSample(source, SAMPLE_BYTES);
  assertText(sample.bytes);
  const { format } = source;
  if (format === 'mt940') return { mapping: statementMapping(given, sample.bytes), ...sample };
  const own = format === 'xlsx' ? SPREADSHEET_TEXT : {};
  const read = given
    ? fitKindMapping(kind, mappingForFormat(given, format), sample.bytes)
    : guessKindMapping(kind, sample.bytes, own, home);
  const mapping = mappingForFormat(read, format);
  if (given === null && format === 'xlsx' && mapping.decimalSeparator !== ',') {
    const again = await readSample(await openImportSource(path, mapping), SAMPLE_BYTES);
    return { mapping, ...again };
  }
  return { mapping, ...sample };
}

/** Of a statement only the encoding is to be said. */
function statementMapping(given: ImportMapping | null, sample: Uint8Array): ImportMapping {
  const rest = {
    delimiter: ';',
    decimalSeparator: ',',
    dateOrder: 'dayFirst',
    defaultCountry: 'PL',
    defaultCurrency: 'PLN',
    hasHeader: false,
    columns: ['ignore'],
  } satisfies Omit<ImportMapping, 'encoding'>;
  return {
    ...rest,
    ...given,
    format: 'mt940',
    encoding: given?.encoding ?? detectEncoding(sample),
  };
}

function showRecord({ raw, conversion }: Extract<KindItem, { kind: 'row' }>) {
  const shown = conversion.kind === 'rejected' ? nothingShown : conversion.shown;
  const problems = conversion.kind === 'rejected' ? conversion.problems : [];
  const warnings = conversion.kind === 'record' ? conversion.warnings : [];
  return { line: raw.line, ...shown, problems, warnings };
}

/** Null while a file is too large to count at once. */
async function countRows(options: KindPreviewOptions & { mapping: ImportMapping }) {
  const { kind, path, mapping } = options;
  if ((await stat(path)).size > COUNTED_BYTES || mapping.format === 'xlsx') return null;
  const reader = createKindReader(kind, mapping.format ?? 'csv', options);
  let rows = 0;
  const count = (items: readonly KindItem[]) => {
    rows += items.filter((item) => item.kind === 'row').length;
  };
  for await (const bytes of await openImportSource(path, mapping)) count(reader.push(bytes));
  count(reader.end());
  return rows;
}

function shorten(cell: string): string {
  return cell.length > SHOWN_CELL_CHARACTERS ? `${cell.slice(0, SHOWN_CELL_CHARACTERS)}…` : cell;
}
