import type { ContactHours } from '#shared/contract/index.ts';

const order = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Weekday = (typeof order)[number];

/** Short name of a weekday as the locale writes it. */
export function weekdayName(day: Weekday, locale: string): string {
  // 2 November 2026 is a Monday
  const date = Date.UTC(2026, 10, 2 + order.indexOf(day));
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(date);
}

/** Days in a row as a span: Monday to Friday, then Sunday → "Mon–Fri, Sun". */
export function daysText(days: readonly Weekday[], locale: string): string {
  const places = [...new Set(days.map((day) => order.indexOf(day)))].sort((a, b) => a - b);
  const spans: [number, number][] = [];
  for (const place of places) {
    const last = spans.at(-1);
    if (last && place === last[1] + 1) last[1] = place;
    else spans.push([place, place]);
  }
  const name = (place: number): string => weekdayName(order[place] ?? 'mon', locale);
  return spans
    .flatMap(([from, to]) =>
      to - from > 1
        ? `${name(from)}–${name(to)}`
        : from === to
          ? name(from)
          : [name(from), name(to)],
    )
    .join(', ');
}

/** When somebody can be reached: "Mon–Fri 17:00–20:00; Sat 10:00–14:00". */
export function hoursText(hours: ContactHours, locale: string): string {
  return hours.map(({ days, from, to }) => `${daysText(days, locale)} ${from}–${to}`).join('; ');
}
