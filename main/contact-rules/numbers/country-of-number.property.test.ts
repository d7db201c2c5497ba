import fc from 'fast-check';
import {
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { expect, it } from 'vitest';
import { soleCountryOf } from './calling-codes.ts';
import { countryOfNumber } from './place-of-number.ts';
import { isPracticeNumber } from './practice-numbers.ts';

const codes = [...new Set(getCountries().map((country) => getCountryCallingCode(country)))];
const digits = (from: number, to: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: from, maxLength: to })
    .map((each) => each.join(''));
/** of every country, of none, too short and too long, with national prefixes after the code */
const number = fc.oneof(
  fc.tuple(fc.constantFrom(...codes), digits(1, 15)).map(([code, rest]) => `+${code}${rest}`),
  digits(1, 17).map((rest) => `+${rest}`),
  fc.tuple(fc.constantFrom(...codes), digits(0, 3)).map(([code, rest]) => `+${code}0${rest}8`),
  fc.constantFrom('', '+', '48123456789', '+48 123 456 789', '+80012345678', '+87012345678'),
);

it('says of any number what the library says', () => {
  fc.assert(
    fc.property(number, (e164) => {
      fc.pre(!isPracticeNumber(e164));
      const plain = parsePhoneNumberFromString(e164)?.country ?? null;
      expect(countryOfNumber(e164)).toBe(plain);
      // asked again: what was kept is the same
      expect(countryOfNumber(e164)).toBe(plain);
    }),
    { numRuns: 4_000 },
  );
});

it('does not guess where a code is shared', () => {
  for (const e164 of ['+12125551234', '+79161234567', '+447911123456', '+3584512345678'])
    expect(soleCountryOf(e164)).toBeNull();
  expect(soleCountryOf('+48123456789')).toBe('PL');
});
