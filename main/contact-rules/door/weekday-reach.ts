import type { ContactEvent } from '../engine/index.ts';
import { msPerDay, weekdayOf, type Zone } from '../zones/zone.ts';

/**
 * Our own measure, as no law gives one, of "no other chance than the weekend" (ZPF code): tried on so many different
 * days of the working week within so many days, and nobody ever answered. Three leave out one bad week of shifts or one
 * fixed free day; thirty days are what a debtor can be expected to remember of our calls.
 */
const weekdaysToTry = 3;
const withinDays = 30;

const tried = new Set(['attempt']);
const reached = new Set(['humanAnswered', 'conversation', 'effectiveCall', 'abandoned']);

/**
 * Whether the log says that this person cannot be reached on working days.
 * @param events of the person, in any order
 * @param zone where they live: days are counted on their calendar
 */
export function hasNoWeekdayReach(
  events: readonly ContactEvent[],
  zone: Zone,
  at: number,
): boolean {
  const from = at - withinDays * msPerDay;
  const days = new Set<number>();
  for (const event of events) {
    if (event.at < from || event.channel !== 'call') continue;
    if (reached.has(event.kind)) return false;
    const counts = tried.has(event.kind) && event.direction === 'out';
    // a number that never connected was no try to reach the person
    if (!counts || event.flags?.includes('notConnected')) continue;
    const weekday = weekdayOf(zone.localDay(event.at));
    if (weekday >= 1 && weekday <= 5) days.add(weekday);
  }
  return days.size >= weekdaysToTry;
}
