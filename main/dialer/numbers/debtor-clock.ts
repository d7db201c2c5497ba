const HOUR_MS = 3_600_000;
/** Offsets of all zones change on a quarter of an hour at the earliest. */
const QUARTER_MS = 900_000;
const DAY_MS = 24 * HOUR_MS;
/** Saturday and Sunday, with 1 January 1970 as a Thursday. */
const WEEKEND = new Set([2, 3]);

/** An hour on the clock of a debtor. */
export interface LocalHour {
  /** 0 … 23 */
  hour: number;
  weekend: boolean;
  /** days since 1970-01-01 on that clock */
  day: number;
  /** epoch ms at which the next hour of that clock begins, as long as no clock is changed */
  nextHourAt: number;
}

interface KnownOffset {
  quarter: number;
  offsetMs: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** The last quarter of an hour that was asked about, by zone: a list is asked about one instant. */
const offsets = new Map<string, KnownOffset>();

/** @param zone IANA name; one that this runtime does not know counts as UTC: the door, not this clock, keeps to the law */
export function localHour(at: number, zone: string): LocalHour {
  const shown = at + offsetAt(at, zone);
  const day = Math.floor(shown / DAY_MS);
  const hour = Math.floor((shown - day * DAY_MS) / HOUR_MS);
  const weekend = WEEKEND.has(((day % 7) + 7) % 7);
  return {
    hour,
    weekend,
    day,
    nextHourAt: at + HOUR_MS - (((shown % HOUR_MS) + HOUR_MS) % HOUR_MS),
  };
}

/** The first instant of the next day on that clock, to the hour: also where midnight is skipped or comes twice. */
export function nextDayAt(at: number, zone: string): number {
  const today = localHour(at, zone).day;
  let hour = localHour(at, zone);
  let next = at;
  // a day with a changed clock has 25 hours at most
  for (let steps = 0; steps < 26 && hour.day === today; steps += 1) {
    next = hour.nextHourAt;
    hour = localHour(next, zone);
  }
  return next;
}

/** How a kind of day and an hour are written in tallies: `workday-09`. */
export function slotOf({ hour, weekend }: Pick<LocalHour, 'hour' | 'weekend'>): string {
  return `${weekend ? 'weekend' : 'workday'}-${hour < 10 ? '0' : ''}${hour}`;
}

function offsetAt(at: number, zone: string): number {
  const quarter = Math.floor(at / QUARTER_MS);
  const known = offsets.get(zone);
  if (known?.quarter === quarter) return known.offsetMs;
  const offsetMs = readOffset(quarter * QUARTER_MS, zone);
  offsets.set(zone, { quarter, offsetMs });
  return offsetMs;
}

function readOffset(at: number, zone: string): number {
  const parts = formatOf(zone).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return shown - Math.floor(at / 60_000) * 60_000;
}

/** Making a format costs far more than using it. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = makeFormat(zone);
  formats.set(zone, format);
  return format;
}

function makeFormat(zone: string): Intl.DateTimeFormat {
  const options = {
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}
