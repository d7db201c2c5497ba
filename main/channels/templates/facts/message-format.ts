import type { DocumentLanguage } from '#shared/contract/index.ts';
import { findUcs2Character } from '#shared/util/index.ts';
import {
  letterDate,
  letterMoney,
  shortDate,
} from '../../../debtors/documents/letter/letter-format.ts';

/** How amounts and dates of one message are written. */
export interface MessageStyle {
  language: DocumentLanguage;
  /** dates in figures, spaces that may break: SMS and MMS */
  short: boolean;
  /** nothing outside the 7-bit alphabet of SMS, where the language can do without */
  gsm: boolean;
}

/** 128450 PLN → "1 284,50 zł" in Polish; "1 284,50 PLN" where "ł" would more than halve what an SMS holds. */
export function messageMoney(minor: number, currency: string, style: MessageStyle): string {
  const text = withPlainSpaces(letterMoney(minor, currency, style.language), style);
  if (!style.gsm || findUcs2Character(text) === null) return text;
  return withPlainSpaces(letterMoney(minor, currency, style.language, 'code'), style);
}

/** `2026-11-21` as the message writes it. */
export function messageDate(isoDate: string, { language, short }: MessageStyle): string {
  return short ? shortDate(isoDate, language) : letterDate(isoDate, language);
}

/** A space that does not break costs an SMS the short alphabet. */
export function withPlainSpaces(text: string, { short }: MessageStyle): string {
  return short ? text.replaceAll(/[\u00a0\u202f]/g, ' ') : text;
}
