/** Hours in which people answer alike, of workdays and of weekends. */
export const DAY_PARTS = 12;
const PARTS_A_DAY = 6;
const ENDS = [9, 12, 15, 17, 19, 24];

/** Of a slot of tallies, e.g. `workday-18`; null: not such a slot. */
export function dayPartOf(slot: string): number | null {
  const [kind, hourText] = slot.split('-');
  const hour = Number(hourText);
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) return null;
  return partOf(kind === 'weekend', hour);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The part of the day that it is now in a zone. */
export function dayPartNow(at: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const weekday = part('weekday');
  return partOf(weekday === 'Sat' || weekday === 'Sun', Number(part('hour')));
}

function partOf(isWeekend: boolean, hour: number): number {
  return ENDS.findIndex((end) => hour < end) + (isWeekend ? PARTS_A_DAY : 0);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const options = { hour: '2-digit', hourCycle: 'h23', weekday: 'short' } as const;
  const make = (zone: string) => new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  let format: Intl.DateTimeFormat;
  try {
    format = make(timeZone);
  } catch {
    format = make('UTC');
  }
  formats.set(timeZone, format);
  return format;
}
