import { daysBetween } from '../local-date.ts';

const DAY_MS = 86_400_000;

/** Calendar dates are `YYYY-MM-DD`; in that form they compare as text. */
export function isCalendarDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The same day some months later; the last of the month when it has no such day (31 January + 1 is 28 or 29 February).
 * Count from the first date each time, so that the 31st comes back in March.
 */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 10);
}

export function endOfYear(date: string): string {
  return `${date.slice(0, 4)}-12-31`;
}

export function daysOfYear(date: string): 365 | 366 {
  const year = date.slice(0, 4);
  return daysBetween(`${year}-01-01`, `${year}-12-31`) === 365 ? 366 : 365;
}

export function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

export function later(one: string, other: string): string {
  return one > other ? one : other;
}
