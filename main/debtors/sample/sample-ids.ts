import {
  firmInnCheckDigit,
  nipCheckDigit,
  personInnCheckDigits,
  peselCheckDigit,
} from '../import/national-ids.ts';
import type { SeededRandom } from './seeded-random.ts';

/*
 * Numbers with right check digits that nobody has:
 * a PESEL of the years 2200–2299 (month + 60), a NIP of tax office 100 (an office code has no two zeros after its first
 * digit), an ИНН of region 00, an account at a bank with number 00000000.
 */

/** @param birthDate `1985-03-12`; the number says a year of the 23rd century */
export function madeUpPesel(random: SeededRandom, birthDate: string, female: boolean): string {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const sexDigit = random.between(0, 4) * 2 + (female ? 0 : 1);
  const digits = `${year.slice(2)}${Number(month) + 60}${day}${random.digits(3)}${sexDigit}`;
  return `${digits}${peselCheckDigit(digits)}`;
}

export function madeUpNip(random: SeededRandom): string {
  for (;;) {
    const digits = `100${random.digits(6)}`;
    const check = nipCheckDigit(digits);
    if (check < 10) return `${digits}${check}`;
  }
}

export function madeUpPersonInn(random: SeededRandom): string {
  const digits = `00${random.digits(8)}`;
  return `${digits}${personInnCheckDigits(digits)}`;
}

export function madeUpFirmInn(random: SeededRandom): string {
  const digits = `00${random.digits(7)}`;
  return `${digits}${firmInnCheckDigit(digits)}`;
}

/** A Polish account number (NRB): two check digits as in ISO 13616, bank 00000000. */
export function madeUpAccount(random: SeededRandom): string {
  const account = `00000000${random.digits(16)}`;
  const check = 98n - (BigInt(`${account}252100`) % 97n);
  return `${String(check).padStart(2, '0')}${account}`;
}
