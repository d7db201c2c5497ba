import type { Week } from '#shared/rule-packs/index.ts';
import { weekdaysFromSunday } from '#shared/rule-packs/index.ts';
import type { CalendarView } from '../calendars/calendars.ts';
import { msPerDay, weekdayOf, type Zone } from '../zones/zone.ts';

/** Half-open `[from, to)` in ms since local midnight, sorted. */
export type DayWindows = readonly (readonly [from: number, to: number])[];

/** A week of contact hours, ready to be asked. */
export interface CompiledWeek {
  /** by weekday, 0 is Sunday */
  days: readonly DayWindows[];
  /** null: a holiday is like any other day */
  holiday: DayWindows | null;
}

/** `HH:MM` as ms since midnight. */
export function timeOfDayMs(text: string): number {
  return (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * 60_000;
}

export function compileWeek(week: Week, closeMarginSec: number): CompiledWeek {
  return {
    days: weekdaysFromSunday.map((day) => compileWindows(week[day] ?? [], closeMarginSec)),
    holiday: week.holiday === undefined ? null : compileWindows(week.holiday, closeMarginSec),
  };
}

function compileWindows(windows: [string, string][], closeMarginSec: number): DayWindows {
  return windows
    .map(([from, to]) => [timeOfDayMs(from), timeOfDayMs(to) - closeMarginSec * 1000] as const)
    .filter(([from, to]) => from < to)
    .sort((a, b) => a[0] - b[0]);
}

/** The windows of one local day: a holiday wins over a moved working day, which is a Monday. */
export function windowsOfDay(week: CompiledWeek, calendar: CalendarView, day: number): DayWindows {
  const ordinary = week.days[weekdayOf(day)] ?? [];
  const kind = calendar.kindOf(day);
  if (kind === 'working') return week.days[1] ?? [];
  if (kind === 'ordinary' || week.holiday === null) return ordinary;
  return kind === 'holiday' ? week.holiday : overlap(ordinary, week.holiday);
}

/** Open in both: the strict reading of a day whose table is missing. */
function overlap(first: DayWindows, second: DayWindows): DayWindows {
  const both = first.flatMap(([from, to]) =>
    second.map(
      ([otherFrom, otherTo]) => [Math.max(from, otherFrom), Math.min(to, otherTo)] as const,
    ),
  );
  return both.filter(([from, to]) => from < to).sort((a, b) => a[0] - b[0]);
}

/**
 * First instant in `[from, limit]` inside a window of its local day. Walks spans of constant
 * offset, so days of 23 and 25 hours and repeated hours come out as the wall clock shows them.
 */
export function firstOpen(
  zone: Zone,
  from: number,
  limit: number,
  windows: (day: number) => DayWindows,
): number | null {
  for (let at = from; at <= limit; ) {
    const { offsetMs, end } = zone.segmentAt(at);
    const local = at + offsetMs;
    const day = Math.floor(local / msPerDay);
    const next = nextOpenTime(windows(day), local - day * msPerDay);
    const instant = day * msPerDay + next - offsetMs;
    if (instant === at && next < msPerDay) return at;
    at = Math.min(instant, end);
  }
  return null;
}

/** First open time of day ≥ `timeMs`, or the end of the day. */
function nextOpenTime(windows: DayWindows, timeMs: number): number {
  for (const [from, to] of windows) if (timeMs < to) return Math.max(from, timeMs);
  return msPerDay;
}
