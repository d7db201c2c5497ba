import {
  type CountryCode,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type { TrunkSettings } from '#shared/contract/index.ts';

type FormatSettings = Pick<TrunkSettings, 'numberFormat' | 'country' | 'dialPrefix'>;

/**
 * How a number will be written to the carrier, for the example on the trunk form. The engine's own rules
 * (`telephony/trunks/number-format`) are the ones that dial; the tests of both hold the same cases.
 */
export function dialedNumber(e164: string, settings: FormatSettings): string {
  return settings.dialPrefix + shownNumber(e164, settings);
}

/** How the shown number is written: the same, without the dial prefix. */
export function shownNumber(e164: string, { numberFormat, country }: FormatSettings): string {
  const digits = e164.replace(/^\+/, '');
  if (numberFormat === 'e164') return `+${digits}`;
  if (numberFormat === 'e164NoPlus') return digits;
  if (numberFormat === 'internationalPrefix') return `00${digits}`;
  const parsed = parsePhoneNumberFromString(e164);
  if (!parsed || parsed.countryCallingCode !== callingCode(country)) return `00${digits}`;
  return parsed.formatNational().replace(/\D/g, '');
}

function callingCode(country: string): string | null {
  try {
    return getCountryCallingCode(country as CountryCode);
  } catch {
    return null; // not a country, or one without telephone numbers
  }
}

/** A number of the trunk's own country and one of another, out of ranges that reach nobody where there are such. */
export function exampleNumbers(country: string): { own: string; foreign: string } {
  const known = examples[country] ?? null;
  const foreign = country === 'GB' ? '+48221234567' : '+442079460018';
  return { own: known ?? '+48221234567', foreign };
}

const examples: Record<string, string> = {
  PL: '+48221234567',
  GB: '+442079460018',
  US: '+12025550143',
  DE: '+4930230125000',
  RU: '+74955550123',
  CN: '+861012345678',
  ES: '+34910123456',
  ZA: '+27215550123',
};
