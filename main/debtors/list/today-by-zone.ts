import { localDate } from '../local-date.ts';
import { type DebtorColumns, dayNumber, NO_DAY } from './debtor-columns.ts';

/** For each code of `timeZone`, the day number of today there. */
export function todayByZone(columns: DebtorColumns, now: number): Int32Array {
  return Int32Array.from(columns.timeZone.values, (zone) =>
    dayNumber(localDate(now, zone ?? 'UTC')),
  );
}

/** Whole days past the due date; 0 when nothing is. */
export function daysPastDueAt(columns: DebtorColumns, today: Int32Array, row: number): number {
  const due = columns.dueDay[row] ?? NO_DAY;
  if (due === NO_DAY) return 0;
  return Math.max(0, (today[columns.timeZone.codes[row] ?? 0] ?? 0) - due);
}
