import { AppError } from '#shared/errors/index.ts';

/** A length of time by the calendar, as retention law states it. */
export interface Period {
  years: number;
  months: number;
  days: number;
}

const shape = /^P(?!$)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;

/** @throws AppError `retention.bad-period` for what is not an ISO 8601 duration of years, months, weeks or days */
export function parsePeriod(text: string): Period {
  const found = shape.exec(text);
  if (!found) {
    throw new AppError('retention.bad-period', `not a period of days, months or years: ${text}`);
  }
  const [years, months, weeks, days] = found.slice(1).map((part) => Number(part ?? 0));
  return { years: years ?? 0, months: months ?? 0, days: (weeks ?? 0) * 7 + (days ?? 0) };
}

/**
 * What happened at the returned instant or before has been kept for the whole period at `now` (epoch ms, days in UTC).
 * Months count by the calendar; a day that a month lacks is its last (29 February, a year on: 28 February).
 */
export function keptSince(now: number, { years, months, days }: Period): number {
  const date = new Date(now);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months - years * 12);
  const lastOfMonth = new Date(
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0),
  ).getUTCDate();
  date.setUTCDate(Math.min(day, lastOfMonth) - days);
  return date.getTime();
}

/** Below, at or above zero as the first period is shorter, as long or longer; months are as long as those before `now`. */
export function comparePeriods(first: string, second: string, now: number): number {
  return keptSince(now, parsePeriod(second)) - keptSince(now, parsePeriod(first));
}
