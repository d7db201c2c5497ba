import { dayOfDate } from '../zones/zone.ts';

/**
 * What a table says about a day. `unknown`: the table of that year is missing, so the day counts as
 * a holiday where that is stricter (reference §4 point 8).
 */
export type DayKind = 'ordinary' | 'holiday' | 'working' | 'unknown';

/** One table of one place: `PL`, `DE-BY`. */
export interface CalendarTable {
  id: string;
  holidays: string[];
  workingDays: string[];
  /** years that the table covers; null: every year (facts of test vectors are complete) */
  years: number[] | null;
  /** the place's parts keep tables of their own: one that is missing, or not named, is unknown */
  partsHaveTables?: boolean;
}

/** What a rule's calendar says for one residence. */
export interface CalendarView {
  kindOf(day: number): DayKind;
}

export interface Calendars {
  /** `calendar` is a table's id, or `residence`: that of the country of `jurisdiction` */
  view(calendar: string, jurisdiction: string): CalendarView;
}

/** @param complete an absent table is empty instead of unknown (test vectors) */
export function createCalendars(
  tables: readonly CalendarTable[],
  options: { complete?: boolean } = {},
): Calendars {
  const byId = new Map(tables.map((table) => [table.id, table]));
  const views = new Map<string, CalendarView>();
  return {
    view(calendar, jurisdiction) {
      const key = `${calendar} ${jurisdiction}`;
      const known = views.get(key);
      if (known) return known;
      const id = calendar === 'residence' ? (jurisdiction.split('-')[0] ?? '') : calendar;
      const view = createView(id, jurisdiction, byId, options.complete ?? false);
      views.set(key, view);
      return view;
    },
  };
}

function createView(
  id: string,
  jurisdiction: string,
  byId: ReadonlyMap<string, CalendarTable>,
  complete: boolean,
): CalendarView {
  const names = namesFor(id, jurisdiction);
  const tables = names.flatMap((name) => byId.get(name) ?? []);
  const national = byId.get(id);
  if (!complete && national?.partsHaveTables && names.length === 1) {
    // the part is not known: a holiday in any of them counts
    for (const [name, table] of byId) if (name.startsWith(`${id}-`)) tables.push(table);
  }
  const holidays = new Set(tables.flatMap((table) => table.holidays).map(dayOfDate));
  const working = new Set(tables.flatMap((table) => table.workingDays).map(dayOfDate));
  const needed =
    national?.partsHaveTables && names.length > 1 ? names.slice(0, 2) : names.slice(0, 1);
  const required = needed.map((name) => byId.get(name));
  const covers = (day: number) =>
    complete || required.every((table) => table !== undefined && coversYear(table, day));
  const read = (day: number): DayKind => {
    if (holidays.has(day)) return 'holiday';
    if (!covers(day)) return 'unknown';
    return working.has(day) ? 'working' : 'ordinary';
  };
  return rememberingDays(read);
}

/** The same days are asked about again and again: what is open today, and when next. */
function rememberingDays(read: (day: number) => DayKind): CalendarView {
  const days = new Map<number, DayKind>();
  return {
    kindOf(day) {
      const known = days.get(day);
      if (known) return known;
      // a bound, not a cache policy: two years of days
      if (days.size > 800) days.clear();
      const kind = read(day);
      days.set(day, kind);
      return kind;
    },
  };
}

/** `US`, `US-NY`, `US-NY-NYC` for calendar `US` and a residence in New York City. */
function namesFor(id: string, jurisdiction: string): string[] {
  if (!jurisdiction.startsWith(`${id}-`)) return [id];
  const names = [id];
  for (const part of jurisdiction.slice(id.length + 1).split('-'))
    names.push(`${names.at(-1)}-${part}`);
  return names;
}

function coversYear(table: CalendarTable, day: number): boolean {
  if (table.years === null) return true;
  return table.years.includes(new Date(day * 86_400_000).getUTCFullYear());
}
