const formats = new Map<string, Intl.DateTimeFormat>();

/** A zone that this runtime knows. */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * The instant of a time on the clocks of a zone. A time that a change of clocks leaves out is the one as long after the
 * change; of one that comes twice it is the first.
 * @param time `HH:MM`
 * @throws RangeError for a zone that this runtime does not know
 */
export function instantOf(date: string, time: string, zone: string): number {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  const before = wanted - offsetAt(wanted - 86_400_000, zone);
  const after = wanted - offsetAt(wanted + 86_400_000, zone);
  // the offset before the change comes first where both fit
  if (before + offsetAt(before, zone) === wanted) return before;
  if (after + offsetAt(after, zone) === wanted) return after;
  return before;
}

/** The first instant of a day. */
export function zoneMidnight(date: string, zone: string): number {
  return instantOf(date, '00:00', isTimeZone(zone) ? zone : 'UTC');
}

/** How far the zone's clocks are ahead of UTC then, in ms. */
function offsetAt(at: number, zone: string): number {
  const parts = formatOf(zone).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const shown = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  );
  return shown - Math.floor(at / 1000) * 1000;
}

/** Making a format costs far more than using it. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, format);
  return format;
}
