import type { ListStrategy } from '#shared/contract/index.ts';

type Period = ListStrategy['periods'][number];
export type Weights = ListStrategy['weights'];

/** The first period that holds on a day. @param date `YYYY-MM-DD` of the firm's calendar */
export function periodOf(strategy: ListStrategy, date: string): Period | null {
  return strategy.periods.find(({ days }) => holds(days, date)) ?? null;
}

/** What weighs on a day: of the period that holds, or else the usual weights. */
export function weightsOn(strategy: ListStrategy, date: string): Weights {
  return periodOf(strategy, date)?.weights ?? strategy.weights;
}

function holds(days: Period['days'], date: string): boolean {
  const day = Number(date.slice(8, 10));
  const last = lastDayOf(date);
  switch (days.kind) {
    case 'fromTo':
      // from 25 to 5 goes over the end of the month
      return days.from <= days.to
        ? day >= days.from && day <= days.to
        : day >= days.from || day <= days.to;
    case 'lastDays':
      return day > last - days.days;
    case 'payDays':
      return days.days.some((payDay) => isWithin(date, payDay, days.after));
  }
}

/** Wages of the 31st come on the last day of a shorter month, and days after may lie in the next one. */
function isWithin(date: string, payDay: number, after: number): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  for (let back = 0; back <= after; back += 1) {
    const other = new Date(at - back * 86_400_000).toISOString().slice(0, 10);
    if (Number(other.slice(8, 10)) === Math.min(payDay, lastDayOf(other))) return true;
  }
  return false;
}

function lastDayOf(date: string): number {
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
}
