import { useTranslation } from 'react-i18next';
import type { Money as MoneyValue } from '#shared/domain/index.ts';
import {
  formatDateTime,
  formatIsoDate,
  formatMoney,
  formatPhone,
  formatTime,
  formatWhen,
  zoneCity,
  zoneName,
} from '../app/format/index.ts';
import { useNow } from '../app/use-now.ts';

/** Amounts of several currencies, joined; never added up across them. */
export function Money({ amounts }: { amounts: readonly MoneyValue[] | MoneyValue }) {
  const { i18n } = useTranslation();
  const list: readonly MoneyValue[] = Array.isArray(amounts)
    ? (amounts as readonly MoneyValue[])
    : [amounts as MoneyValue];
  return list.map((money) => formatMoney(money, i18n.language)).join(' + ');
}

/** An instant in the reader's zone, dense; the whole date and time on hover. */
export function When({ at }: { at: number }) {
  const { i18n } = useTranslation();
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={formatDateTime(at, i18n.language)}>
      {formatWhen(at, now, i18n.language)}
    </time>
  );
}

export function DateTime({ at }: { at: number }) {
  const { i18n } = useTranslation();
  return <time dateTime={new Date(at).toISOString()}>{formatDateTime(at, i18n.language)}</time>;
}

/** A calendar date without a time. */
export function DateOnly({ date }: { date: string }) {
  const { i18n } = useTranslation();
  return <time dateTime={date}>{formatIsoDate(date, i18n.language)}</time>;
}

/** What the clock shows where the debtor is, with the zone said. */
export function LocalTime({ timeZone }: { timeZone: string }) {
  const { i18n } = useTranslation();
  const now = useNow();
  return (
    <span title={timeZone.replaceAll('_', ' ')}>
      {formatTime(now, i18n.language, timeZone)} {zoneCity(timeZone)} (
      {zoneName(now, timeZone, i18n.language)})
    </span>
  );
}

/** A number grouped for reading; other addresses as they are. */
export function Phone({ number }: { number: string }) {
  return <bdi>{formatPhone(number)}</bdi>;
}
