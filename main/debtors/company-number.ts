import { isInn, isNip, isPesel, isSsn } from './import/national-ids.ts';

/** REGON: 9 digits of a firm, 14 of one of its units; each with a check digit (modulo 11, 10 counts as 0). */
export function isRegon(text: string): boolean {
  if (/^\d{9}$/.test(text)) return checks(text, [8, 9, 2, 3, 4, 5, 6, 7]);
  if (!/^\d{14}$/.test(text) || !isRegon(text.slice(0, 9))) return false;
  return checks(text, [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]);
}

function checks(text: string, weights: readonly number[]): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return (sum % 11) % 10 === Number(text.at(-1));
}

export interface CheckedNumber<Kind extends string = string> {
  value: string;
  kind: Kind;
  /** its check digits; null when it has none that we know */
  valid: boolean | null;
}

/** A firm's number in its register. A KRS has ten digits and no check digit. */
export function describeCompanyNumber(
  text: string,
  country: string,
): CheckedNumber<'REGON' | 'KRS' | 'other'> {
  const value = text.replace(/[\s-]/g, '');
  if (country !== 'PL') return { value: text.trim(), kind: 'other', valid: null };
  if (/^\d{10}$/.test(value)) return { value, kind: 'KRS', valid: null };
  return { value, kind: 'REGON', valid: isRegon(value) };
}

export function describeTaxId(text: string, country: string): CheckedNumber {
  const value = text.replace(/[\s.\-/]/g, '').toUpperCase();
  if (country === 'PL') {
    const digits = value.replace(/^PL/, '');
    return { value: digits, kind: 'NIP', valid: isNip(digits) };
  }
  if (country === 'RU') return { value, kind: 'INN', valid: isInn(value) };
  return { value, kind: country === 'US' ? 'EIN' : 'VAT', valid: null };
}

/** null when nothing is known of numbers of this kind */
export function isNationalIdValid(kind: string | null, value: string | null): boolean | null {
  if (value === null) return null;
  if (kind === 'PESEL') return isPesel(value);
  if (kind === 'SSN') return isSsn(value);
  return kind === 'INN' ? isInn(value) : null;
}
