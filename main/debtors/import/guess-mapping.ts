import type { ImportField, ImportMapping } from '#shared/contract/index.ts';
import { detectDelimiter } from './detect-delimiter.ts';
import { guessColumns, looksLikeHeader } from './guess-columns.ts';
import { readCurrency } from './read-amount.ts';
import { guessDateOrder } from './read-date.ts';
import { readCountry } from './read-place.ts';
import { RecordReader } from './record-reader.ts';
import { createTextDecoder, detectEncoding } from './text-encoding.ts';

/** Records that are looked at; more would not change the guess. */
const LOOKED_AT_RECORDS = 200;
const MAX_COLUMNS = 500;

/**
 * How a file is to be read, guessed from its first bytes. A person sees it in the preview and may correct it.
 * @param known what need not be guessed: the text of a spreadsheet is our own
 */
export function guessMapping(
  sample: Uint8Array,
  known: Partial<Pick<ImportMapping, 'encoding' | 'delimiter'>> = {},
): ImportMapping {
  const encoding = known.encoding ?? detectEncoding(sample);
  const text = createTextDecoder(encoding).write(sample);
  const delimiter = known.delimiter ?? detectDelimiter(text);
  const records = new RecordReader(delimiter)
    .push(text.endsWith('\n') ? text : `${text}\n`)
    .slice(0, LOOKED_AT_RECORDS)
    .map((record) => record.fields);
  const first = records[0] ?? [''];
  const hasHeader = looksLikeHeader(first);
  const rows = hasHeader ? records.slice(1) : records;
  const headers = hasHeader ? first : first.map(() => '');
  const columns = guessColumns(headers, rows).slice(0, MAX_COLUMNS);
  const cells = (...fields: ImportField[]) =>
    columns.flatMap((field, column) =>
      fields.includes(field) ? rows.map((row) => row[column] ?? '') : [],
    );
  const place = guessPlace(text, headers, cells);
  return {
    encoding,
    delimiter,
    hasHeader,
    columns,
    ...place,
    decimalSeparator: guessDecimal(cells('balance', 'principal', 'interest', 'fees'), delimiter),
    dateOrder: guessDateOrder(
      cells('dueOn', 'birthDate'),
      place.defaultCountry === 'US' ? 'monthFirst' : 'dayFirst',
    ),
  };
}

/** The sign that is last in most amounts and does not stand before three digits alone. */
function guessDecimal(cells: readonly string[], delimiter: string): ',' | '.' {
  let commas = 0;
  let points = 0;
  for (const cell of cells) {
    const last = /([.,])(\d+)\D*$/.exec(cell);
    if (!last) continue;
    const isThousands = last[2]?.length === 3 && !/[.,].*[.,]/.test(cell);
    if (isThousands) continue;
    if (last[1] === ',') commas += 1;
    else points += 1;
  }
  if (commas !== points) return commas > points ? ',' : '.';
  return delimiter === ',' ? '.' : ',';
}

const CURRENCY_OF_COUNTRY: Readonly<Record<string, string>> = {
  PL: 'PLN',
  RU: 'RUB',
  GB: 'GBP',
  US: 'USD',
  DE: 'EUR',
  ES: 'EUR',
  UA: 'UAH',
  CZ: 'CZK',
  CN: 'CNY',
};
const COUNTRY_OF_CURRENCY: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(CURRENCY_OF_COUNTRY)
    .filter(([, currency]) => currency !== 'EUR')
    .map(([country, currency]) => [currency, country]),
);

/** The country and currency of cells that name none: by the cells that do, else by the language of the headers. */
function guessPlace(
  text: string,
  headers: readonly string[],
  cells: (...fields: ImportField[]) => string[],
): { defaultCountry: string; defaultCurrency: string } {
  const country =
    mostFrequent(cells('country').map(readCountry)) ??
    COUNTRY_OF_CURRENCY[mostFrequent(currenciesIn(cells)) ?? ''] ??
    countryOfText(headers.join(' '), text);
  const currency = mostFrequent(currenciesIn(cells)) ?? CURRENCY_OF_COUNTRY[country] ?? 'EUR';
  return { defaultCountry: country, defaultCurrency: currency };
}

function currenciesIn(cells: (...fields: ImportField[]) => string[]): (string | null)[] {
  const named = cells('currency').map(readCurrency);
  if (named.some((currency) => currency !== null)) return named;
  return cells('balance', 'principal').map((cell) =>
    readCurrency(cell.replace(/[\d\s.,'’-]/g, '')),
  );
}

const POLISH_HEADER =
  /\b(?:kwota|imi|nazwisk|umow|telefon|miasto|d[lł]u[zż]n|termin|rachun|pesel|nip\b)/iu;

function countryOfText(headers: string, text: string): string {
  if (/[а-яё]/i.test(headers)) return 'RU';
  if (POLISH_HEADER.test(headers) || /[ąćęłńśźż]/i.test(headers)) return 'PL';
  if (headers.trim() === '') {
    if (/[а-яё]{3}/i.test(text)) return 'RU';
    if (/[ąęłńśźż]/i.test(text)) return 'PL';
  }
  return 'GB';
}

function mostFrequent(values: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: string | null = null;
  for (const [value, count] of counts) {
    if (best === null || count > (counts.get(best) ?? 0)) best = value;
  }
  return best;
}
