import { AppError } from '#shared/errors/index.ts';

export const msPerDay = 86_400_000;

/** A span in which a zone's distance from UTC does not change: `[start, end)`, `offsetMs` east of UTC. */
export interface Segment {
  start: number;
  end: number;
  offsetMs: number;
}

/**
 * One IANA time zone with its changes of offset found once and kept, so that reading a local clock
 * costs a comparison instead of a formatted date. Days are numbered from 1970-01-01 by local date.
 */
export class Zone {
  readonly name: string;
  private readonly format: Intl.DateTimeFormat;
  private readonly years = new Map<number, Segment[]>();
  private readonly dayStarts = new Map<number, number>();
  private last: Segment = { start: 0, end: 0, offsetMs: 0 };

  constructor(name: string) {
    this.name = name;
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** The span of constant offset around an instant; spans also end at each UTC new year. */
  segmentAt(at: number): Segment {
    if (at >= this.last.start && at < this.last.end) return this.last;
    const segments = this.segmentsOfYear(new Date(at).getUTCFullYear());
    let found = segments[0] as Segment;
    for (const segment of segments) if (segment.start <= at) found = segment;
    this.last = found;
    return found;
  }

  /** Number of the local calendar day at an instant. */
  localDay(at: number): number {
    return Math.floor((at + this.segmentAt(at).offsetMs) / msPerDay);
  }

  /** First instant whose local date is `day` or later (a day may begin at 01:00, or be left out). */
  startOfDay(day: number): number {
    const known = this.dayStarts.get(day);
    if (known !== undefined) return known;
    const start = this.findStartOfDay(day);
    // a bound, not a cache policy: two years of days are far more than one evaluation needs
    if (this.dayStarts.size > 800) this.dayStarts.clear();
    this.dayStarts.set(day, start);
    return start;
  }

  private findStartOfDay(day: number): number {
    const localMidnight = day * msPerDay;
    // no zone is more than 14 h east of UTC: 15 h before is the day before everywhere
    let segment = this.segmentAt(localMidnight - 15 * 3_600_000);
    for (;;) {
      const start = localMidnight - segment.offsetMs;
      if (start < segment.start) return segment.start;
      if (start < segment.end) return start;
      segment = this.segmentAt(segment.end);
    }
  }

  private segmentsOfYear(year: number): Segment[] {
    const known = this.years.get(year);
    if (known) return known;
    const segments = this.findSegments(Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
    this.years.set(year, segments);
    return segments;
  }

  /** Probes every week, as no zone changes there and back within one, and narrows each change down. */
  private findSegments(from: number, to: number): Segment[] {
    const segments: Segment[] = [];
    let start = from;
    let offsetMs = this.readOffset(from);
    for (let at = from; at < to; ) {
      const next = Math.min(at + 7 * msPerDay, to);
      const nextOffset = next === to ? this.readOffset(to - 1000) : this.readOffset(next);
      if (nextOffset !== offsetMs) {
        const change = this.findChange(at, next === to ? to - 1000 : next, offsetMs);
        segments.push({ start, end: change, offsetMs });
        start = change;
        // the change may be the first of two in one week: go on from it
        offsetMs = this.readOffset(change);
        at = change;
      } else at = next;
    }
    segments.push({ start, end: to, offsetMs });
    return segments;
  }

  /** First whole second in `(low, high]` whose offset is not `offsetMs`. */
  private findChange(low: number, high: number, offsetMs: number): number {
    let same = low;
    let other = high;
    while (other - same > 1000) {
      const middle = same + Math.floor((other - same) / 2000) * 1000;
      if (this.readOffset(middle) === offsetMs) same = middle;
      else other = middle;
    }
    return other;
  }

  private readOffset(at: number): number {
    const parts = (this.format.format(at).match(/\d+/g) ?? []).map(Number);
    const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  }
}

const zones = new Map<string, Zone>();

/**
 * The zone of an IANA name, made once.
 * @throws AppError `contact-rules.zone-unknown`, also for offsets such as `+02:00`: they know no DST
 */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  if (!/^[A-Za-z]/.test(name)) throw unknownZone(name);
  try {
    const zone = new Zone(name);
    zones.set(name, zone);
    return zone;
  } catch (cause) {
    throw unknownZone(name, cause);
  }
}

export function isKnownZone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

function unknownZone(name: string, cause?: unknown): AppError {
  return new AppError('contact-rules.zone-unknown', `unknown time zone ${JSON.stringify(name)}`, {
    details: { zone: name },
    cause,
  });
}

/** 0 is Sunday; day 0 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Number of the day written `YYYY-MM-DD`. */
export function dayOfDate(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / msPerDay);
}

/** `YYYY-MM-DD` of a day's number. */
export function dateOfDay(day: number): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}
