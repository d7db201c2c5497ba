import type { ImportMapping } from '#shared/contract/index.ts';

export type DateOrder = ImportMapping['dateOrder'];

/** What spreadsheets and databases put behind a date. */
const TAIL =
  /[T\s]+\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\s*(?:Z|[AP]M|[+-]\d{2}:?\d{2})?$|\s*(?:г\.?|r\.?)$/i;

/**
 * A calendar date as `YYYY-MM-DD`: `12.03.2026`, `12/3/26`, `2026-03-12`, `20260312`, with or without a time behind it.
 * Two digits of a year mean the hundred years that end 30 years after `thisYear`.
 * @returns null when it is no date in this order: days and months are never swapped to make one
 */
export function readDate(text: string, order: DateOrder, thisYear: number): string | null {
  const bare = text.trim().replace(TAIL, '').trim();
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(bare);
  if (compact) return calendarDate(compact[1], compact[2], compact[3], thisYear);
  const match = /^(\d{1,4})([.\-/ ])(\d{1,2})\2(\d{1,4})$/.exec(bare);
  if (!match) return null;
  const [, first = '', , second, third = ''] = match;
  if (first.length === 4) return calendarDate(first, second, third, thisYear);
  if (third.length === 3 || first.length === 3) return null;
  if (order === 'yearFirst') {
    return third.length === 4 ? null : calendarDate(first, second, third, thisYear);
  }
  const [day, month] = order === 'dayFirst' ? [first, second] : [second, first];
  return calendarDate(third, month, day, thisYear);
}

function calendarDate(
  yearText = '',
  monthText = '',
  dayText = '',
  thisYear: number,
): string | null {
  if (dayText.length > 2 || (yearText.length !== 4 && yearText.length !== 2)) return null;
  const year = yearText.length === 2 ? fullYear(Number(yearText), thisYear) : Number(yearText);
  const [month, day] = [Number(monthText), Number(dayText)];
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return null;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  return `${year}-${pad(month)}-${pad(day)}`;
}

function fullYear(twoDigits: number, thisYear: number): number {
  const year = Math.floor(thisYear / 100) * 100 + twoDigits;
  if (year > thisYear + 30) return year - 100;
  return year <= thisYear - 70 ? year + 100 : year;
}

const pad = (number: number) => String(number).padStart(2, '0');

/**
 * The order in which most of these cells are dates; dates that fit two orders do not count. Dates that begin with four
 * digits are read in every order, so `yearFirst` is for files that have no others.
 */
export function guessDateOrder(cells: readonly string[], fallback: DateOrder): DateOrder {
  const counts = { dayFirst: 0, monthFirst: 0, yearFirst: 0, either: 0 };
  for (const cell of cells) {
    const match = /^(\d{1,4})[.\-/ ](\d{1,2})[.\-/ ](\d{1,4})/.exec(cell.trim());
    if (!match) continue;
    if ((match[1] ?? '').length === 4) counts.yearFirst += 1;
    else if (Number(match[1]) > 12) counts.dayFirst += 1;
    else if (Number(match[2]) > 12) counts.monthFirst += 1;
    else counts.either += 1;
  }
  const { dayFirst, monthFirst, yearFirst, either } = counts;
  if (dayFirst + monthFirst > 0) return dayFirst >= monthFirst ? 'dayFirst' : 'monthFirst';
  return yearFirst > 0 && either === 0 ? 'yearFirst' : fallback;
}
