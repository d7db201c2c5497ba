import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/max';

/** Country by calling code; null: several countries share it, as +1, +7 and +44. Made at the first question. */
let countries: ReadonlyMap<string, CountryCode | null> | null = null;

/** the library too takes such a number for one of the country whose code it has, whatever its digits are */
const ordinary = /^\+[1-9]\d{7,14}$/;
const LONGEST_CODE = 3;

/**
 * The country of a number whose calling code belongs to one country alone, which is most of them: the library needs some
 * twenty microseconds for that, and every question to the door asks it.
 * @returns null: the code is shared, or of no country; ask the library
 */
export function soleCountryOf(e164: string): string | null {
  if (!ordinary.test(e164)) return null;
  countries ??= countriesByCode();
  for (let digits = 1; digits <= LONGEST_CODE; digits += 1) {
    const country = countries.get(e164.slice(1, 1 + digits));
    if (country !== undefined) return country;
  }
  return null;
}

function countriesByCode(): Map<string, CountryCode | null> {
  const byCode = new Map<string, CountryCode | null>();
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    byCode.set(code, byCode.has(code) ? null : country);
  }
  return byCode;
}
