/** Name of a language in the reader's language; the code itself when nobody knows it. */
export function languageLabel(code: string, locale: string): string {
  return displayName(code, locale, 'language');
}

/** Name of a country (ISO 3166-1 alpha-2) in the reader's language. */
export function regionLabel(code: string, locale: string): string {
  return displayName(code, locale, 'region');
}

function displayName(code: string, locale: string, type: 'language' | 'region'): string {
  try {
    return new Intl.DisplayNames(locale, { type }).of(code) ?? code;
  } catch {
    return code; // not a code: shown as it was imported
  }
}
