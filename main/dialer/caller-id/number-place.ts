import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { countryOfNumber, isPracticeNumber } from '../../contact-rules/index.ts';

/** Where a number belongs, as far as the plan of numbers tells. */
export interface NumberPlace {
  /** ISO 3166; null: satellite, unknown */
  country: string | null;
  /** country and area code, `PL-22`; the country alone where the number has no area (mobile, free of charge) */
  region: string;
  /** the number belongs to an area, so that another one can be of the same */
  hasArea: boolean;
}

/**
 * How many digits of the national number name the area, for fixed lines. Countries with open area codes: the first that fits.
 * In the North American plan every number has one, mobile ones too.
 */
const areaDigits: Readonly<Record<string, (national: string) => number>> = {
  US: () => 3,
  CA: () => 3,
  PL: () => 2,
  GB: (national) => (/^2/.test(national) ? 2 : /^1(?:1|.1)/.test(national) ? 3 : 4),
  DE: (national) => (/^(?:30|40|69|89)/.test(national) ? 2 : 3),
  ES: (national) => (/^(?:91|93)/.test(national) ? 2 : 3),
  RU: () => 3,
  CN: (national) => (/^(?:10|2\d)/.test(national) ? 2 : 3),
};

const NO_AREA = new Set([
  'MOBILE',
  'TOLL_FREE',
  'PREMIUM_RATE',
  'SHARED_COST',
  'VOIP',
  'UAN',
  'PAGER',
]);
/** Reading a number takes some 20 µs, and the numbers of a list come again and again. */
const KEPT = 50_000;
const known = new Map<string, NumberPlace>();

/** Country and region of an E.164 number. */
export function placeOfNumber(e164: string): NumberPlace {
  const kept = known.get(e164);
  if (kept) return kept;
  if (known.size >= KEPT) known.clear();
  const place = readPlace(e164);
  known.set(e164, place);
  return place;
}

function readPlace(e164: string): NumberPlace {
  const country = countryOfNumber(e164);
  if (country === null) return { country, region: 'ZZ', hasArea: false };
  const parsed = parsePhoneNumberFromString(e164, country as CountryCode);
  const national = parsed?.nationalNumber ?? '';
  const digits = areaDigits[country]?.(national);
  // libphonenumber knows the made-up numbers of some countries not at all, and those have no type.
  const type = parsed?.getType();
  const isFixed = type === undefined ? isPracticeNumber(e164) && !isPracticeMobile(e164) : true;
  if (digits === undefined || !isFixed || (type !== undefined && NO_AREA.has(type)))
    return { country, region: country, hasArea: false };
  return { country, region: `${country}-${national.slice(0, digits)}`, hasArea: true };
}

/** Made-up mobile numbers of Poland, Russia and Britain. */
function isPracticeMobile(e164: string): boolean {
  return /^\+(?:48100|7000|447700900)/.test(e164);
}

/** A number that somebody who is called can call back: libphonenumber says valid, or it is one of those for practice. */
export function isDialable(e164: string): boolean {
  return isPracticeNumber(e164) || parsePhoneNumberFromString(e164)?.isValid() === true;
}
