import type { DocumentLanguage } from '#shared/contract/index.ts';

const locales: Readonly<Record<DocumentLanguage, string>> = {
  en: 'en-GB',
  pl: 'pl-PL',
  ru: 'ru-RU',
  zh: 'zh-CN',
};
const formats = new Map<string, Intl.NumberFormat>();

/**
 * 128450 PLN → "1 284,50 zł" in a Polish letter; the spaces do not break.
 * @param display `code`: "1 284,50 PLN"
 */
export function letterMoney(
  minor: number,
  currency: string,
  language: DocumentLanguage,
  display: 'symbol' | 'code' = 'symbol',
): string {
  const format = moneyFormat(currency, language, display);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  // decimal text keeps every digit of amounts that a float would round
  const sign = minor < 0 ? '-' : '';
  const all = String(Math.abs(minor)).padStart(digits + 1, '0');
  const decimal = digits === 0 ? all : `${all.slice(0, -digits)}.${all.slice(-digits)}`;
  return format
    .format(`${sign}${decimal}` as Intl.StringNumericLiteral)
    .replaceAll(/[\u202f ]/g, '\u00a0');
}

function moneyFormat(
  currency: string,
  language: DocumentLanguage,
  display: 'symbol' | 'code',
): Intl.NumberFormat {
  const key = `${language} ${currency} ${display}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(locales[language], {
    style: 'currency',
    currency,
    // a letter is read abroad too: `$` alone could be any dollar
    currencyDisplay: display,
    // Polish leaves four digits together; columns of a table should not
    useGrouping: 'always',
  });
  formats.set(key, format);
  return format;
}

const dates = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-21` as the language writes a date in full. */
export function letterDate(isoDate: string, language: DocumentLanguage): string {
  return dateFormat(language, 'long')
    .format(Date.parse(`${isoDate}T12:00:00Z`))
    .replaceAll(' ', '\u00a0');
}

/** The same in figures, for tables. */
export function shortDate(isoDate: string, language: DocumentLanguage): string {
  return dateFormat(language, 'short').format(Date.parse(`${isoDate}T12:00:00Z`));
}

function dateFormat(language: DocumentLanguage, style: 'long' | 'short'): Intl.DateTimeFormat {
  const key = `${language} ${style}`;
  const known = dates.get(key);
  if (known) return known;
  const month = style === 'long' ? 'long' : '2-digit';
  const day = style === 'long' ? 'numeric' : '2-digit';
  const options = { timeZone: 'UTC', year: 'numeric', month, day } as const;
  const format = new Intl.DateTimeFormat(locales[language], options);
  dates.set(key, format);
  return format;
}

/** An account as people type it: in groups of four, with the check digits of a Polish NRB before them. */
export function letterAccount(account: string): string {
  const plain = account.replaceAll(/[\s-]/g, '');
  if (/^\d{26}$/.test(plain)) return `${plain.slice(0, 2)}\u00a0${grouped(plain.slice(2))}`;
  return /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(plain) ? grouped(plain) : account;
}

function grouped(text: string): string {
  return text.replaceAll(/(.{4})(?=.)/g, '$1\u00a0');
}
