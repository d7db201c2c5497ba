import type { ImportMapping } from '#shared/contract/index.ts';

export type AmountProblem = 'amount.unreadable' | 'amount.negative' | 'amount.too-large';
export type AmountReading =
  | { ok: true; amountMinor: number; currency: string | null }
  | { ok: false; problem: AmountProblem };

/** ISO 4217 minor units where they are not two */
const EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3,
  CLP: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  XAF: 0,
  XOF: 0,
};

/** How many digits the minor unit of a currency has. */
export function minorDigits(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

const SYMBOLS: readonly (readonly [RegExp, string])[] = [
  [/^(?:zł|zl|złotych|pln)\.?$/i, 'PLN'],
  [/^(?:€|eur|euro)$/i, 'EUR'],
  [/^(?:£|gbp)$/i, 'GBP'],
  [/^(?:us)?\$$|^usd$/i, 'USD'],
  [/^(?:₽|р|руб|рублей|rub|rur)\.?$/i, 'RUB'],
  [/^(?:₴|грн|uah)\.?$/i, 'UAH'],
  [/^(?:kč|kc|czk)$/i, 'CZK'],
  [/^(?:¥|元|cny|rmb)$/i, 'CNY'],
];

const KNOWN = new Set(Intl.supportedValuesOf('currency'));

/** The currency that a cell names by code or sign; null when it names none. */
export function readCurrency(text: string): string | null {
  const trimmed = text.trim();
  const sign = SYMBOLS.find(([pattern]) => pattern.test(trimmed));
  if (sign) return sign[1];
  const code = trimmed.toUpperCase();
  return /^[A-Z]{3}$/.test(code) && KNOWN.has(code) ? code : null;
}

const MAX_DIGITS = 13;

/**
 * An amount of money as people write it: `1 234,56 zł`, `1,234.56`, `1'234.50`, `1234`. What can be read in two ways is
 * read by `decimalSeparator`; what breaks its rules (`1,23,4`) is not read at all.
 * @param defaultCurrency decides the number of decimals when the cell names no currency
 */
export function readAmount(
  text: string,
  decimalSeparator: ImportMapping['decimalSeparator'],
  defaultCurrency: string,
): AmountReading {
  const match =
    /^(\(?)\s*([-−–+]?)\s*([^\d\s.,'’()+−–-]{0,9}\.?)\s*([-−–]?)\s*([\d.,'’\s]*\d)\s*([-−–]?)\s*([^\d\s.,'’()-]{0,9}\.?)\s*(\)?)$/u.exec(
      text.trim(),
    );
  if (!match) return { ok: false, problem: 'amount.unreadable' };
  const [, open, sign, before = '', innerSign, figure = '', trailingSign, after = '', close] =
    match;
  const named = `${before}${after}`;
  const currency = named === '' ? null : readCurrency(named);
  if ((named !== '' && currency === null) || (open !== '') !== (close !== '')) {
    return { ok: false, problem: 'amount.unreadable' };
  }
  const decimals = minorDigits(currency ?? defaultCurrency);
  const reading = readFigure(figure, decimalSeparator, decimals);
  if (typeof reading !== 'number') return { ok: false, problem: reading };
  const isNegative = [sign, innerSign, trailingSign].some((each) => /[-−–]/.test(each ?? ''));
  if ((isNegative || open !== '') && reading !== 0)
    return { ok: false, problem: 'amount.negative' };
  return { ok: true, amountMinor: reading, currency };
}

/** @returns minor units */
function readFigure(
  figure: string,
  decimalSeparator: ',' | '.',
  decimals: number,
): number | AmountProblem {
  const separator = decimalOf(figure, decimalSeparator);
  const at = separator === null ? -1 : figure.lastIndexOf(separator);
  const whole = at === -1 ? figure : figure.slice(0, at);
  const fraction = at === -1 ? '' : figure.slice(at + 1);
  if (!isGrouped(whole) || !/^\d*$/.test(fraction)) return 'amount.unreadable';
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  if (!/^0*$/.test(fraction.slice(decimals))) return 'amount.unreadable';
  const digits = `${whole.replace(/\D/g, '')}${kept}`.replace(/^0+(?=\d)/, '');
  return digits.length > MAX_DIGITS ? 'amount.too-large' : Number(digits);
}

/** Which sign of this figure is the decimal one; null when it has none. */
function decimalOf(figure: string, expected: ',' | '.'): ',' | '.' | null {
  const points = figure.split('.').length - 1;
  const commas = figure.split(',').length - 1;
  if (points > 0 && commas > 0)
    return figure.lastIndexOf('.') > figure.lastIndexOf(',') ? '.' : ',';
  if (points + commas !== 1) return null;
  const found = points === 1 ? '.' : ',';
  if (found === expected) return found;
  // the other sign: thousands when it stands as they do, else it can only be decimal
  return /^\d{1,3}[.,]\d{3}$/.test(figure) ? null : found;
}

/** Digits alone, or in groups of three by one kind of sign. */
function isGrouped(whole: string): boolean {
  return /^\d+$/.test(whole) || /^\d{1,3}([\s.,'’])\d{3}(?:\1\d{3})*$/u.test(whole);
}
