/** Numbers of people and firms that carry a check digit. */

export type NationalIdKind = 'PESEL' | 'SSN' | 'INN';
export type TaxIdKind = 'NIP' | 'REGON' | 'INN' | 'EIN' | 'VAT';

/** The check digit of a PESEL's first ten digits. */
export function peselCheckDigit(digits: string): number {
  return (10 - (weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10;
}

/** The check digit of a NIP's first nine digits; 10 means that no such NIP is given out. */
export function nipCheckDigit(digits: string): number {
  return weighted(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
}

/** The last digit of a firm's ИНН (10 digits). */
export function firmInnCheckDigit(digits: string): number {
  return (weighted(digits, [2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10;
}

/** The two last digits of a person's ИНН (12 digits). */
export function personInnCheckDigits(digits: string): string {
  const first = (weighted(digits, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10;
  const second = (weighted(`${digits}${first}`, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10;
  return `${first}${second}`;
}

export function isPesel(text: string): boolean {
  return /^\d{11}$/.test(text) && peselCheckDigit(text.slice(0, 10)) === Number(text[10]);
}

export function isNip(text: string): boolean {
  return /^\d{10}$/.test(text) && nipCheckDigit(text.slice(0, 9)) === Number(text[9]);
}

export function isInn(text: string): boolean {
  if (/^\d{10}$/.test(text)) return firmInnCheckDigit(text.slice(0, 9)) === Number(text[9]);
  return /^\d{12}$/.test(text) && personInnCheckDigits(text.slice(0, 10)) === text.slice(10);
}

/** Nine digits; areas 000, 666 and 900 to 999, group 00 and serial 0000 are never given out. */
export function isSsn(text: string): boolean {
  return /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(text);
}

const withoutSigns = (text: string) => text.replace(/[\s.\-/]/g, '');

/**
 * A person's number as it is stored.
 * @returns null when it is none of this country, or its check digit is wrong
 */
export function readNationalId(
  text: string,
  country: string,
): { kind: NationalIdKind; value: string } | null {
  const value = withoutSigns(text);
  if (country === 'PL' && isPesel(value)) return { kind: 'PESEL', value };
  if (country === 'RU' && isInn(value)) return { kind: 'INN', value };
  if (country === 'US' && isSsn(value)) return { kind: 'SSN', value };
  return null;
}

/** Countries whose national ids are known here: in others a number is kept as it is given. */
export function checksNationalIds(country: string): boolean {
  return country === 'PL' || country === 'RU' || country === 'US';
}

/** A tax number as it is stored; null when its check digit is wrong. Unknown countries: as it is given. */
export function readTaxId(text: string, country: string): string | null {
  const value = withoutSigns(text).toUpperCase();
  if (country === 'PL') {
    const digits = value.replace(/^PL/, '');
    return isNip(digits) ? digits : null;
  }
  if (country === 'RU') return isInn(value) ? value : null;
  return /^[A-Z0-9]{4,20}$/.test(value) ? value : null;
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index] ?? 0), 0);
}
