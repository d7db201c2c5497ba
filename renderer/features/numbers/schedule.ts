import type { PoolNumber } from '#shared/contract/index.ts';

export type ScheduleEntry = PoolNumber['schedule'][number];

export const newScheduleEntry: ScheduleEntry = {
  days: [1, 2, 3, 4, 5],
  from: '08:00',
  to: '20:00',
};

/** Day of the week 1 … 7 (Monday … Sunday) as it is abbreviated: "Mon", "pon.". */
export function dayName(day: number, locale: string): string {
  // the first of January 2024 was a Monday
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, day),
  );
}

/** "Mon–Fri 08:00–20:00; Sat 09:00–13:00"; '' without entries. */
export function scheduleText(schedule: readonly ScheduleEntry[], locale: string): string {
  return schedule.map(({ days, from, to }) => `${daysText(days, locale)} ${from}–${to}`).join('; ');
}

/** Neighbouring days as a range of three or more: [1,2,3,6] → "Mon–Wed, Sat". */
export function daysText(days: readonly number[], locale: string): string {
  const runs: number[][] = [];
  for (const day of [...days].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) => {
      const names = run.map((day) => dayName(day, locale));
      return run.length > 2 ? [`${names[0]}–${names.at(-1)}`] : names;
    })
    .join(', ');
}

/** An entry that covers nothing, or no day at all. */
export function isWrong({ days, from, to }: ScheduleEntry): boolean {
  return days.length === 0 || from >= to;
}
