import { readerLocale } from '../../app/format/reader-locale.ts';

/** An instant of a day to the tenth of a second: several decisions fall into one second. */
export function formatInstant(at: number, locale: string): string {
  return new Intl.DateTimeFormat(readerLocale(locale), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 1,
  }).format(at);
}
