import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** a bound, not a cache policy: a debtor's number is asked about when it is screened, chosen and called */
const MOST_KEPT = 4_000;
const kept = new Map<string, string | null>();

/** ISO 3166 country of a number whose calling code several countries share; null: none of them has such numbers. */
export function countryByLibrary(e164: string): string | null {
  const known = kept.get(e164);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const country = parsePhoneNumberFromString(e164)?.country ?? null;
  kept.set(e164, country);
  return country;
}
