import type { CapWindow, Duration } from '#shared/rule-packs/index.ts';
import { parseDuration } from '#shared/rule-packs/index.ts';
import { msPerDay, weekdayOf, type Zone } from '../zones/zone.ts';

/** How long an event counts under a cap. */
export interface CompiledWindow {
  /** first instant at which an event of `at` no longer counts */
  leavesAt(zone: Zone, at: number): number;
  /** no event older than this counts at an instant, whatever the zone */
  longestMs: number;
}

export function compileWindow(window: CapWindow): CompiledWindow {
  if (window.type === 'calendarDays') return dayWindow(window.days);
  if (window.type === 'rolling') return rollingWindow(parseDuration(window.length));
  if (window.unit === 'day') return dayWindow(1);
  if (window.unit === 'month') {
    return {
      leavesAt: (zone, at) => zone.startOfDay(firstOfNextMonth(zone.localDay(at))),
      longestMs: 33 * msPerDay,
    };
  }
  const firstWeekday = window.weekStart === 'sun' ? 0 : 1;
  return {
    leavesAt(zone, at) {
      const day = zone.localDay(at);
      return zone.startOfDay(day + 7 - ((weekdayOf(day) - firstWeekday + 7) % 7));
    },
    longestMs: 9 * msPerDay,
  };
}

function dayWindow(days: number): CompiledWindow {
  return {
    leavesAt: (zone, at) => zone.startOfDay(zone.localDay(at) + days),
    // local days have up to 25 h, and a change of zone moves midnight by up to 26 h
    longestMs: (days + 3) * msPerDay,
  };
}

function rollingWindow(length: Duration): CompiledWindow {
  // "rolling" is clock time: a day is 24 hours here
  const ms = length.kind === 'clock' ? length.ms : length.days * msPerDay;
  return { leavesAt: (_zone, at) => at + ms, longestMs: ms };
}

function firstOfNextMonth(day: number): number {
  const date = new Date(day * msPerDay);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / msPerDay;
}

/**
 * First instant ≥ `from` with fewer than `limit` counted events, in one zone.
 * @param instants of events that may count, oldest first
 * @returns null when the limit is zero
 */
export function firstUnderLimit(
  zone: Zone,
  from: number,
  instants: readonly number[],
  limit: number,
  window: CompiledWindow,
): number | null {
  if (limit === 0) return null;
  let at = from;
  for (;;) {
    let freeAt = at;
    let counted = 0;
    for (let index = instants.length - 1; index >= 0; index--) {
      const event = instants[index] as number;
      if (event > at) continue;
      const leaves = window.leavesAt(zone, event);
      if (leaves <= at) break;
      counted++;
      // events leave oldest first: under the limit once the limit-th newest has left
      if (counted === limit) {
        freeAt = leaves;
        break;
      }
    }
    if (freeAt === at) return at;
    at = freeAt;
  }
}

/** How many of the instants count at `at`, in one zone. */
export function countedAt(
  zone: Zone,
  at: number,
  instants: readonly number[],
  window: CompiledWindow,
): number {
  return instants.filter((event) => event <= at && window.leavesAt(zone, event) > at).length;
}

/** First instant at which a wait after an event of `at` is over, in one zone. */
export function waitEnds(
  zone: Zone,
  at: number,
  length: Duration,
  firstDayCounts: boolean,
): number {
  if (length.kind === 'clock') return at + length.ms;
  return zone.startOfDay(zone.localDay(at) + length.days + (firstDayCounts ? 0 : 1));
}
