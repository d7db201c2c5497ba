import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { TrunkSettings } from '#shared/contract/index.ts';

type FormatSettings = Pick<TrunkSettings, 'numberFormat' | 'country' | 'dialPrefix'>;

/**
 * Writes an E.164 number the way a carrier wants to be dialed.
 *
 * `e164`: +48221234567 · `e164NoPlus`: 48221234567 · `internationalPrefix`: 0048221234567 · `national`: the national
 * number with its trunk prefix for numbers of the trunk's own country, the international prefix for others.
 */
export function dialString(e164: string, settings: FormatSettings): string {
  return settings.dialPrefix + formatted(e164, settings);
}

/** The same for the shown number, which never carries the dial prefix. */
export function callerIdString(e164: string, settings: FormatSettings): string {
  return formatted(e164, settings);
}

function formatted(e164: string, settings: FormatSettings): string {
  const digits = e164.replace(/^\+/, '');
  switch (settings.numberFormat) {
    case 'e164':
      return `+${digits}`;
    case 'e164NoPlus':
      return digits;
    case 'internationalPrefix':
      return `00${digits}`;
    case 'national': {
      const parsed = parsePhoneNumberFromString(e164);
      const own = parseCountryCode(settings.country);
      if (!parsed || parsed.countryCallingCode !== own) return `00${digits}`;
      return parsed.formatNational().replace(/\D/g, '');
    }
  }
}

function parseCountryCode(country: string): string | null {
  const example = parsePhoneNumberFromString('2000000', country as CountryCode);
  return example?.countryCallingCode ?? null;
}

/**
 * Reads a caller's number as a carrier writes it.
 * @returns E.164, or null when it is withheld or not a number
 */
export function readCallerNumber(user: string | null, country: string): string | null {
  if (user === null || !/^\+?[0-9]{3,18}$/.test(user)) return null;
  if (user.startsWith('+')) return user;
  if (user.startsWith('00')) return `+${user.slice(2)}`;
  const national = parsePhoneNumberFromString(user, country as CountryCode);
  if (national?.isValid()) return national.number;
  const international = parsePhoneNumberFromString(`+${user}`);
  if (international?.isPossible() && user.length >= 10) return international.number;
  return national?.number ?? null;
}
