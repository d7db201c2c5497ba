import type { Week } from '#shared/rule-packs/index.ts';
import { readerLocale } from '../../app/format/reader-locale.ts';
import type { Words } from './rule-words.ts';

export const weekDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Window = readonly [string, string];

/** Days that have the same hours, as one line. */
export interface WeekRow {
  label: string;
  windows: readonly Window[];
}

/** Lines of a week's hours: days in a row with the same hours are one line, holidays come last if they differ. */
export function weekRows(week: Week, words: Words): WeekRow[] {
  const rows: { from: number; to: number; windows: readonly Window[] }[] = [];
  for (const [index, day] of weekDays.entries()) {
    const windows = week[day] ?? [];
    const last = rows.at(-1);
    if (last && sameWindows(last.windows, windows)) last.to = index;
    else rows.push({ from: index, to: index, windows });
  }
  const named = rows.map(({ from, to, windows }) => ({
    label:
      from === to
        ? dayName(from, words.locale)
        : `${dayName(from, words.locale)} – ${dayName(to, words.locale)}`,
    windows,
  }));
  if (week.holiday === undefined) return named;
  return [...named, { label: words.t('rule-pages.holidays'), windows: week.holiday }];
}

export function dayName(index: number, locale: string): string {
  // 2 November 2026 is a Monday
  const at = Date.UTC(2026, 10, 2 + index);
  return new Intl.DateTimeFormat(readerLocale(locale), {
    weekday: 'short',
    timeZone: 'UTC',
  }).format(at);
}

function sameWindows(a: readonly Window[], b: readonly Window[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Hours of a time of day `HH:MM`, for drawing. */
export function hoursOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours + minutes / 60;
}
