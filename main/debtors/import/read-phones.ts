import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type NumberType,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type { ContactPointKind, StoreKind } from '#shared/domain/index.ts';
import {
  countryOfPracticeNumber,
  isPracticeNumber,
  zonesForNumber,
} from '../../contact-rules/index.ts';

export interface ReadPhone {
  /** E.164 */
  value: string;
  kind: ContactPointKind;
  country: string | null;
  timeZones: readonly string[];
}

export type PhoneProblem = 'phone.unreadable' | 'phone.only-practice' | 'phone.only-real';

/**
 * Reads the numbers of one cell: several may stand in it, with `,`, `;`, `/`, `|` or a line break between them.
 *
 * Practice and real work never meet: a practice store takes numbers of the practice ranges alone, a real one never.
 * @param column what the column says the number is; absent: the number itself decides
 */
export function readPhones(
  cell: string,
  defaultCountry: string,
  storeKind: StoreKind,
  column?: ContactPointKind,
): { phones: ReadPhone[]; problems: PhoneProblem[] } {
  const phones: ReadPhone[] = [];
  const problems: PhoneProblem[] = [];
  for (const part of cell.split(/[,;/|\n\r]+/)) {
    const text = part.trim();
    if (text === '') continue;
    const read = readPhone(text, defaultCountry, storeKind, column);
    if (typeof read === 'string') problems.push(read);
    else phones.push(read);
  }
  return { phones, problems };
}

function readPhone(
  text: string,
  defaultCountry: string,
  storeKind: StoreKind,
  column: ContactPointKind | undefined,
): ReadPhone | PhoneProblem {
  const practice = practiceNumberIn(text, defaultCountry);
  if (practice !== null) {
    if (storeKind === 'real') return 'phone.only-real';
    const country = countryOfPracticeNumber(practice);
    return {
      value: practice,
      kind: column ?? 'mobile',
      country,
      timeZones: zonesOf(practice, country),
    };
  }
  const country = isSupportedCountry(defaultCountry) ? defaultCountry : undefined;
  const number = parsePhoneNumberFromString(withPlus(text), country);
  if (!number?.isValid()) return 'phone.unreadable';
  if (storeKind === 'practice') return 'phone.only-practice';
  const value = number.number;
  return {
    value,
    kind: column ?? kindOf(number.getType()),
    country: number.country ?? null,
    timeZones: zonesOf(value, number.country ?? null),
  };
}

/** An international number may be written with the exit code of most countries. */
function withPlus(text: string): string {
  return text.replace(/^\s*00(?=[\s(]*[1-9])/, '+');
}

/** Numbers that nobody has are partly unknown to the library: their digits are looked at first. */
function practiceNumberIn(text: string, defaultCountry: string): string | null {
  if (!/^[+\d\s().\-–]+$/.test(text)) return null;
  const international = withPlus(text);
  const digits = international.replace(/\D/g, '');
  if (international.trim().startsWith('+')) {
    // people write the trunk zero in brackets: +44 (0)7700 900123
    const bare = international.replace(/\(0\)/, '').replace(/\D/g, '');
    return practiceOrNull(`+${bare}`);
  }
  if (!isSupportedCountry(defaultCountry)) return null;
  const callingCode = getCountryCallingCode(defaultCountry as CountryCode);
  const national = digits.replace(defaultCountry === 'RU' ? /^8/ : /^0/, '');
  return (
    practiceOrNull(`+${callingCode}${national}`) ??
    practiceOrNull(`+${callingCode}${digits}`) ??
    practiceOrNull(`+${digits}`)
  );
}

function practiceOrNull(e164: string): string | null {
  return isPracticeNumber(e164) ? e164 : null;
}

function kindOf(type: NumberType): ContactPointKind {
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE'
    ? 'mobile'
    : type === 'FIXED_LINE'
      ? 'home'
      : 'other';
}

const zonesByCountry = new Map<string, readonly string[]>();

/** Only American and Canadian numbers differ inside their country, so the others are asked about once. */
function zonesOf(e164: string, country: string | null): readonly string[] {
  if (country === null || country === 'US' || country === 'CA') return zonesForNumber(e164);
  let zones = zonesByCountry.get(country);
  if (zones === undefined) {
    zones = zonesForNumber(e164);
    zonesByCountry.set(country, zones);
  }
  return zones;
}
