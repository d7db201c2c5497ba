/** Local date and time of an instant, asked of Intl each time. */
export interface LocalFields {
  /** `YYYY-MM-DD` */
  date: string;
  weekday: 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat';
  /** `HH:MM:SS` */
  time: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const fieldCache = new Map<string, LocalFields>();

export function localFields(zone: string, at: number): LocalFields {
  const key = `${zone} ${at}`;
  const known = fieldCache.get(key);
  if (known) return known;
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(zone, format);
  const [date = '', time = ''] = format.format(at).split(' ');
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  const weekday = names[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? 'sun';
  const fields = { date, weekday, time };
  if (fieldCache.size > 500_000) fieldCache.clear();
  fieldCache.set(key, fields);
  return fields;
}

/** Days since 1970-01-01 by the local date. */
export function localDay(zone: string, at: number): number {
  return Math.round(Date.parse(`${localFields(zone, at).date}T00:00:00Z`) / 86_400_000);
}
