import type { ImportField, ImportMapping } from '#shared/contract/index.ts';
import { normalHeader } from '../guess-columns.ts';
import { guessMapping } from '../guess-mapping.ts';
import { readCurrency } from '../read-amount.ts';
import { guessDateOrder, readDate } from '../read-date.ts';
import { type RawRecord, RecordReader } from '../record-reader.ts';
import { createTextDecoder } from '../text-encoding.ts';
import { kindHeaders } from './kind-headers.ts';
import type { OtherKind } from './kind-records.ts';

const LOOKED_AT_RECORDS = 200;
/** Fields that several columns may feed: what they say is put together. */
const REPEATABLE: ReadonlySet<ImportField> = new Set<ImportField>([
  'ignore',
  'title',
  'payer',
  'phone',
  'text',
  'account',
]);

/** Where the firm's debtors live and in what they owe: that of files that do not say. */
export interface Home {
  country: string;
  currency: string;
}

/**
 * How a file of a kind is to be read, guessed from its first bytes. What a portfolio would be guessed by (encoding,
 * delimiter, decimal sign, country) holds for all; what the columns mean does not.
 */
export function guessKindMapping(
  kind: OtherKind,
  sample: Uint8Array,
  known: Partial<Pick<ImportMapping, 'encoding' | 'delimiter'>> = {},
  home: Home | null = null,
): ImportMapping {
  const guessed = guessMapping(sample, known);
  const records = recordsOf(sample, guessed);
  const first = records[0]?.fields ?? [''];
  const fields = first.map((header) => fieldOfKind(kind, header));
  const hasHeader = fields.some((field) => field !== null) && !holdsData(first);
  const rows = (hasHeader ? records.slice(1) : records).map((record) => record.fields);
  const columns = withoutDoubles(hasHeader ? fields : first.map(() => null)).map(
    (field, column) => field ?? (hasHeader ? 'ignore' : fieldOfCells(kind, rows, column)),
  );
  const dates = columns.flatMap((field, column) =>
    field === 'paidOn' || field === 'at' ? rows.map((row) => row[column] ?? '') : [],
  );
  const money: readonly ImportField[] = ['amount', 'creditAmount', 'debitAmount'];
  const amounts = columns.flatMap((field, column) =>
    money.includes(field) ? rows.map((row) => row[column] ?? '') : [],
  );
  const place =
    home === null
      ? {}
      : {
          defaultCountry: home.country,
          defaultCurrency: namedCurrency(columns, rows) ?? home.currency,
        };
  return {
    ...guessed,
    ...place,
    hasHeader,
    columns,
    decimalSeparator: decimalOf(amounts) ?? guessed.decimalSeparator,
    dateOrder: guessDateOrder(dates, guessed.defaultCountry === 'US' ? 'monthFirst' : 'dayFirst'),
  };
}

/** A person's mapping as far as it fits the file: with another number of columns, what they mean is guessed anew. */
export function fitKindMapping(
  kind: OtherKind,
  mapping: ImportMapping,
  sample: Uint8Array,
): ImportMapping {
  const first = recordsOf(sample, mapping)[0]?.fields;
  if (first === undefined || first.length === mapping.columns.length) return mapping;
  const { encoding, delimiter } = mapping;
  const { columns } = guessKindMapping(kind, sample, { encoding, delimiter });
  return { ...mapping, columns };
}

function recordsOf(sample: Uint8Array, mapping: ImportMapping): RawRecord[] {
  const text = createTextDecoder(mapping.encoding).write(sample);
  return new RecordReader(mapping.delimiter)
    .push(text.endsWith('\n') ? text : `${text}\n`)
    .slice(0, LOOKED_AT_RECORDS);
}

function fieldOfKind(kind: OtherKind, header: string): ImportField | null {
  const normal = normalHeader(header);
  if (normal === '') return null;
  const words = Object.entries(kindHeaders[kind]) as [ImportField, readonly string[]][];
  const bare = normal.replace(/ ?\d+$/, '').replace(/ (?:pln|zl|eur|usd|gbp|rub)$/, '');
  const exact = words.find(([, list]) => list.includes(normal) || list.includes(bare));
  if (exact) return exact[0];
  const padded = ` ${normal} `;
  const contained = words
    .flatMap(([field, list]) => list.map((word): [ImportField, string] => [field, word]))
    .filter(([, word]) => word.length >= 4 && padded.includes(` ${word} `))
    .sort(([, left], [, right]) => right.length - left.length);
  return contained[0]?.[0] ?? null;
}

function withoutDoubles(fields: readonly (ImportField | null)[]): (ImportField | null)[] {
  const taken = new Set<ImportField>();
  return fields.map((field) => {
    if (field === null) return null;
    if (taken.has(field) && !REPEATABLE.has(field)) return 'ignore';
    taken.add(field);
    return field;
  });
}

/** Names of columns are words: a first record with a date, an amount or a long number is data. */
function holdsData(fields: readonly string[]): boolean {
  return fields.some((field) => /^\s*[+(-]?\d[\d\s.,()/-]{3,}\s*$/.test(field));
}

/** Without a header: what most cells of the column are. */
function fieldOfCells(kind: OtherKind, rows: readonly string[][], column: number): ImportField {
  const cells = rows.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '');
  const mostly = (fits: (cell: string) => boolean, share = 0.8) =>
    cells.length > 0 && cells.filter(fits).length >= cells.length * share;
  if (kind === 'doNotCall') {
    // a list has hardly anything else, and more damaged rows than most files
    return mostly((cell) => /^\+?[\d\s().-]{7,20}$/.test(cell), 0.5) ? 'phone' : 'ignore';
  }
  if (mostly((cell) => /\D/.test(cell) && readDate(cell, 'dayFirst', 2026) !== null)) {
    return kind === 'agencyHistory' ? 'at' : 'paidOn';
  }
  const isMoney = mostly((cell) => /^[-+]?[\d\s.,]*\d[.,]\d{2}(?:\s?\p{L}{2,4})?$/u.test(cell));
  return isMoney && kind !== 'agencyHistory' ? 'amount' : 'ignore';
}

/** The first currency that a cell of its column names. */
function namedCurrency(
  columns: readonly ImportField[],
  rows: readonly (readonly string[])[],
): string | null {
  const column = columns.indexOf('currency');
  const named = column === -1 ? [] : rows.map((row) => readCurrency(row[column] ?? ''));
  return named.find((currency) => currency !== null) ?? null;
}

function decimalOf(cells: readonly string[]): ',' | '.' | null {
  const count = (sign: string) =>
    cells.filter(
      (cell) =>
        cell
          .trim()
          .replace(/[^\d.,]/g, '')
          .at(-3) === sign,
    ).length;
  const [commas, points] = [count(','), count('.')];
  return commas === points ? null : commas > points ? ',' : '.';
}
