import type { z } from 'zod';
import type { callerIdSchedule } from '#shared/contract/caller-id.contract.ts';

export type Schedule = z.infer<typeof callerIdSchedule>;

const DAY_MINUTES = 1_440;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const MINUTE_MS = 60_000;

/**
 * When a number may be shown by its schedule, on the clock of the firm's machine; half-open. Without lines: always.
 * @returns the first instant ≥ `at` at which it may (epoch ms)
 */
export function shownFrom(schedule: Schedule, at: number): number {
  if (schedule.length === 0) return at;
  const local = new Date(at);
  const weekday = (local.getDay() + 6) % 7;
  const now = weekday * DAY_MINUTES + local.getHours() * 60 + local.getMinutes();
  let soonest = WEEK_MINUTES;
  for (const { days, from, to } of schedule)
    for (const day of days)
      soonest = Math.min(soonest, waitMinutes(now, (day - 1) * DAY_MINUTES, from, to));
  if (soonest === 0) return at;
  return at - (at % MINUTE_MS) + soonest * MINUTE_MS;
}

/** A window whose end is not after its start goes on into the next day. */
function waitMinutes(now: number, midnight: number, from: string, to: string): number {
  const start = midnight + minuteOf(from);
  const lasts = (minuteOf(to) - minuteOf(from) + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
  const since = (now - start + WEEK_MINUTES) % WEEK_MINUTES;
  return since < lasts ? 0 : WEEK_MINUTES - since;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
