import type { TFunction } from 'i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { daysText } from '../debtor-card/hours-text.ts';

type Block = Pick<DebtorCard['blocks'][number], 'days' | 'from' | 'to'>;

const daysOfWeek = 7;

/** "every day before 12:00", "Mon–Fri 09:00–17:00", "Sat, Sun". */
export function blockText({ days, from, to }: Block, t: TFunction, locale: string): string {
  const everyDay = new Set(days).size === daysOfWeek;
  const whole = from === '00:00' && to === '24:00';
  if (everyDay && whole) return t('wish.never');
  const named = everyDay ? t('wish.every-day') : daysText(days, locale);
  if (whole) return named;
  if (from === '00:00') return `${named} ${t('wish.before', { time: to })}`;
  if (to === '24:00') return `${named} ${t('wish.after', { time: from })}`;
  return `${named} ${from}–${to}`;
}
