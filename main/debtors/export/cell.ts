/** A value of an exported table, with what it means: a file format decides how it is written. */
export type Cell =
  | { kind: 'empty' }
  | { kind: 'text'; text: string }
  | { kind: 'count'; value: number }
  /** integer minor units; `digits` are those of the currency */
  | { kind: 'amount'; minor: number; digits: number }
  /** `YYYY-MM-DD` */
  | { kind: 'date'; date: string }
  /** epoch ms, shown in `timeZone` of the export */
  | { kind: 'instant'; at: number };

export const empty: Cell = { kind: 'empty' };

export function text(value: string | null | undefined): Cell {
  return value === null || value === undefined || value === ''
    ? empty
    : { kind: 'text', text: value };
}

export function count(value: number | null): Cell {
  return value === null ? empty : { kind: 'count', value };
}

export function amount(minor: number | null, currency: string | null): Cell {
  if (minor === null || currency === null) return empty;
  return { kind: 'amount', minor, digits: currencyDigits(currency) };
}

/** Dates that are not written as dates (they came from elsewhere) stay text. */
export function date(value: string | null): Cell {
  if (value === null) return empty;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? { kind: 'date', date: value } : text(value);
}

export function instant(at: number | null): Cell {
  return at === null ? empty : { kind: 'instant', at };
}

const digitsOf = new Map<string, number>();

/** Minor digits of a currency: 2 for PLN, 0 for JPY. @see ISO 4217 */
export function currencyDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  digitsOf.set(currency, digits);
  return digits;
}

/** `-1234.05` from minor units, without going through a fraction. */
export function decimalText(minor: number, digits: number): string {
  const sign = minor < 0 ? '-' : '';
  const all = String(Math.abs(minor)).padStart(digits + 1, '0');
  if (digits === 0) return sign + all;
  return `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`;
}

/** `2026-11-21 13:05:09` on the clock of a zone. */
export function localDateTime(at: number, timeZone: string): string {
  return formatOf(timeZone).format(at).replace(',', '');
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const two = '2-digit';
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}
