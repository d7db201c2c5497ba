import { readerLocale } from './reader-locale.ts';

const dayMs = 86_400_000;
const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let made = cache.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(readerLocale(locale), options);
    cache.set(key, made);
  }
  return made;
}

/** `m:ss`, or `h:mm:ss` from one hour on; never negative. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
  return `${two(minutes)}:${two(seconds % 60)}`;
}

/** Hours and minutes; in `timeZone` when it is given, else in the reader's zone. */
export function formatTime(at: number, locale: string, timeZone?: string): string {
  return formatter(locale, {
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone ? { timeZone } : {}),
  }).format(at);
}

export function formatDate(at: number, locale: string, timeZone?: string): string {
  return formatter(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(timeZone ? { timeZone } : {}),
  }).format(at);
}

export function formatDateTime(at: number, locale: string, timeZone?: string): string {
  return `${formatDate(at, locale, timeZone)}, ${formatTime(at, locale, timeZone)}`;
}

/** A calendar date `YYYY-MM-DD`, which has no zone. */
export function formatIsoDate(date: string, locale: string): string {
  return formatDate(Date.parse(`${date}T00:00:00Z`), locale, 'UTC');
}

/** Short and dense for lists: the time today, else the day, with the year only when it differs. */
export function formatWhen(at: number, now: number, locale: string): string {
  if (isSameDay(at, now)) return formatTime(at, locale);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return formatter(locale, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** The heading of a day in a timeline: "Today", "Yesterday", else weekday and date; the year only when it differs. */
export function formatDay(at: number, now: number, locale: string): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const date = formatter(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
  const daysAgo = isSameDay(at, now) ? 0 : isSameDay(at, now - dayMs) ? 1 : null;
  if (daysAgo === null) return date;
  const relative = new Intl.RelativeTimeFormat(readerLocale(locale), { numeric: 'auto' });
  const word = relative.format(-daysAgo, 'day');
  return `${word.charAt(0).toLocaleUpperCase(locale)}${word.slice(1)}, ${date}`;
}

/** "in 5 minutes", "tomorrow": the largest unit that fits. */
export function formatRelative(at: number, now: number, locale: string): string {
  const relative = new Intl.RelativeTimeFormat(readerLocale(locale), {
    numeric: 'auto',
    style: 'short',
  });
  const difference = at - now;
  const size = Math.abs(difference);
  if (size < 3_600_000) return relative.format(Math.round(difference / 60_000), 'minute');
  if (size < dayMs) return relative.format(Math.round(difference / 3_600_000), 'hour');
  return relative.format(Math.round(difference / dayMs), 'day');
}

export function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** The zone's short name at that instant, as the locale says it: "CET", "GMT+3". */
export function zoneName(at: number, timeZone: string, locale: string): string {
  const parts = formatter(locale, {
    hour: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

/** "Europe/Warsaw" → "Warsaw": understood by anyone who does not know the abbreviation. */
export function zoneCity(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}

/** `YYYY-MM-DD` of the reader's own calendar, some days from `now`. */
export function isoDateFrom(now: number, days: number): string {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Value of a `datetime-local` field for an instant, in the reader's zone. */
export function toLocalField(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${isoDateFrom(at, 0)}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The instant a `datetime-local` field names in the reader's zone, or null. */
export function fromLocalField(value: string): number | null {
  const at = new Date(value).getTime();
  return Number.isNaN(at) ? null : at;
}
