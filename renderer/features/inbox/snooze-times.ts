/** When a thread can come back, as people say it. */
export type SnoozeChoice = 'hour' | 'tomorrow' | 'week';
export const snoozeChoices: readonly SnoozeChoice[] = ['hour', 'tomorrow', 'week'];

const morningHour = 8;
const hourMs = 3_600_000;

/** The instant of a choice, on the reader's own clock: mornings are at eight, a week begins on Monday. */
export function snoozeUntil(choice: SnoozeChoice, now: number): number {
  if (choice === 'hour') return now + hourMs;
  const day = new Date(now);
  const daysAhead = choice === 'tomorrow' ? 1 : daysToMonday(day.getDay());
  day.setDate(day.getDate() + daysAhead);
  day.setHours(morningHour, 0, 0, 0);
  return day.getTime();
}

/** @param weekday 0 is Sunday; on a Monday the next one is meant */
function daysToMonday(weekday: number): number {
  return (8 - weekday) % 7 || 7;
}
