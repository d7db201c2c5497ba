import type { Money } from '#shared/domain/index.ts';
import { readerLocale } from './reader-locale.ts';

const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(readerLocale(locale), {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    });
    formatters.set(key, formatter);
  }
  return formatter;
}

function plainFormatter(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`;
  const made =
    formatters.get(key) ??
    new Intl.NumberFormat(readerLocale(locale), {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  formatters.set(key, made);
  return made;
}

/** Decimal digits of a currency (ISO 4217): 2 for PLN, 0 for JPY. */
export function minorDigits(currency: string): number {
  return formatterOf('en', currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount as the reader's locale writes it: 128450 PLN → "1 284,50 zł" in Polish. */
export function formatMoney(money: Money, locale: string): string {
  const value = money.amountMinor / 10 ** minorDigits(money.currency);
  return formatterOf(locale, money.currency).format(value);
}

/** The amount alone, where the currency is said beside it: "1 284,50". */
export function formatAmount(money: Money, locale: string): string {
  const digits = minorDigits(money.currency);
  return plainFormatter(locale, digits).format(money.amountMinor / 10 ** digits);
}

/**
 * Reads an amount that a person typed, with a decimal comma or point and any grouping.
 * @returns minor units, or null when it is not a positive amount of this currency
 */
export function parseAmount(text: string, currency: string): number | null {
  const compact = text.replace(/[\s\u00a0\u202f']/g, '');
  // digits alone, or groups of three with one separator; then perhaps a fraction
  const match = /^(\d+|\d{1,3}([.,])\d{3}(?:\2\d{3})*)(?:[.,](\d{1,3}))?$/.exec(compact);
  if (!match) return null;
  const digits = minorDigits(currency);
  const [, head = '', , tail = ''] = match;
  const isGroup = tail.length === 3 && digits !== 3;
  const whole = (isGroup ? head + tail : head).replace(/[.,]/g, '');
  const fraction = isGroup ? '' : tail;
  if (fraction.length > digits) return null;
  const amount = Number(whole + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(amount) && amount > 0 ? amount : null;
}

/** A yearly rate in millionths as a percentage: 112500 → "11.25 %". */
export function formatRate(ratePpm: number, locale: string): string {
  const key = `${locale} rate`;
  const made =
    formatters.get(key) ??
    new Intl.NumberFormat(readerLocale(locale), { style: 'percent', maximumFractionDigits: 4 });
  formatters.set(key, made);
  return made.format(ratePpm / 1_000_000);
}
