import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** E.164 in the grouping people read: "+48221234567" → "+48 22 123 45 67". Anything else is left as it is. */
export function formatPhone(value: string): string {
  return parsePhoneNumberFromString(value)?.formatInternational() ?? value;
}

/**
 * A number as a person typed or pasted it, or from a `tel:`/`sip:` link.
 * @param country where a number without a country code is taken to be
 * @returns E.164, or null when it cannot be a number
 */
export function parsePhone(text: string, country: string | null): string | null {
  const bare = text.replace(/^(tel|sips?|callto):/i, '').replace(/[@;?].*$/, '');
  const parsed = parsePhoneNumberFromString(
    bare,
    (country ?? undefined) as CountryCode | undefined,
  );
  return parsed?.isPossible() ? parsed.number : null;
}
