import type { TFunction } from 'i18next';
import type { Permission } from '#shared/contract/index.ts';
import {
  formatDateTime,
  formatRelative,
  formatTime,
  isSameDay,
  zoneName,
} from '../../app/format/index.ts';

/** Where an answer is read: the words, and the clocks of both sides. */
export interface Reader {
  t: TFunction;
  locale: string;
  now: number;
  /** the debtor's; null: not known, then the reader's own is said */
  timeZone: string | null;
}

/** "from 08:00 CET (in 3 h)": when it is allowed again, on the debtor's clock. */
export function nextAllowedText(at: number, { t, locale, now, timeZone }: Reader): string {
  const zone = timeZone ?? undefined;
  const sameDay = isSameDay(at, now);
  const time = sameDay ? formatTime(at, locale, zone) : formatDateTime(at, locale, zone);
  const named = zone === undefined ? time : `${time} ${zoneName(at, zone, locale)}`;
  return t('permission.from', { time: named, relative: formatRelative(at, now, locale) });
}

/** Why not, in a few words: the kinds of the rules that say no, each once; the latest date comes first. */
export function becauseText(permission: Pick<Permission, 'blockedBy'>, t: TFunction): string {
  const kinds = [...new Set(permission.blockedBy.map(({ because }) => because))];
  const words = kinds.map((because) =>
    t(`rules.because.${because}`, { defaultValue: t('rules.because.other') }),
  );
  return words.join('; ') || t('rules.because.other');
}

/** One line: why not, by which law, and from when. */
export function refusedText(permission: Permission, reader: Reader): string {
  const { t } = reader;
  const [first] = permission.blockedBy;
  const parts = [becauseText(permission, t)];
  if (first && first.rule !== first.because) parts.push(first.rule);
  parts.push(
    permission.nextAllowedAt === null
      ? t('permission.not-before-change')
      : nextAllowedText(permission.nextAllowedAt, reader),
  );
  return parts.join(' · ');
}

/** How a contact by one channel stands. */
export type Standing = 'allowed' | 'byOverride' | 'later' | 'never';

export function standingOf(permission: Permission): Standing {
  if (permission.override !== null) return 'byOverride';
  if (permission.allowed) return 'allowed';
  return permission.nextAllowedAt === null ? 'never' : 'later';
}
