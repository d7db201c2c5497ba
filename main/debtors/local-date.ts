const DAY_MS = 24 * 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The calendar date of an instant in a zone, `YYYY-MM-DD`.
 * A zone that this runtime does not know counts as UTC: the date is for showing an age, and the door
 * of contact rules has its own, strict, zone data.
 */
export function localDate(at: number, timeZone: string): string {
  return formatOf(timeZone).format(at);
}

/** Whole days from one calendar date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** @returns null without a due date, or before it has passed */
export function daysPastDue(dueOn: string | null, today: string): number | null {
  if (dueOn === null) return null;
  const days = daysBetween(dueOn, today);
  return days > 0 ? days : null;
}

/** Making a format costs far more than using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = makeFormat(timeZone);
  formats.set(timeZone, format);
  return format;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat {
  // Sweden writes dates as ISO 8601 does
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('sv-SE', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('sv-SE', { ...options, timeZone: 'UTC' });
  }
}
