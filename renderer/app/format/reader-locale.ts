/**
 * The language of the window with the reader's own region: an English window in Warsaw writes dates the way its system
 * does (`en-GB`, say), not the American way.
 */
export function readerLocale(
  language: string,
  preferred: readonly string[] = navigator.languages,
): string {
  return preferred.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? language;
}
