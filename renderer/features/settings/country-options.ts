import { getCountries } from 'libphonenumber-js/max';
import { regionLabel } from '../../app/format/names.ts';

/** Every country that has telephone numbers, by its name in the reader's language. */
export function countryOptions(language: string): { value: string; label: string }[] {
  return getCountries()
    .map((code) => ({ value: code as string, label: `${regionLabel(code, language)} (${code})` }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}
