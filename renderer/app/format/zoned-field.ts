const dayMs = 86_400_000;

/** Minutes that a zone is ahead of UTC at an instant. */
function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(at / 1000) * 1000;
}

/** Value of a `datetime-local` field for an instant, as the clock shows it in a zone. */
export function toZonedField(at: number, timeZone: string): string {
  return new Date(at + offsetMs(at, timeZone)).toISOString().slice(0, 16);
}

/**
 * The instant when the clock of a zone shows what a `datetime-local` field says, or null. A time that the clock shows
 * twice (summer time ends) is the earlier one; one that it skips is moved on by the length of the gap.
 */
export function fromZonedField(value: string, timeZone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value)) return null;
  const wall = Date.parse(`${value.slice(0, 16)}Z`);
  if (Number.isNaN(wall)) return null;
  const before = wall - offsetMs(wall - dayMs, timeZone);
  if (before + offsetMs(before, timeZone) === wall) return before;
  const after = wall - offsetMs(wall + dayMs, timeZone);
  return after + offsetMs(after, timeZone) === wall ? after : before;
}

/** The zone of this window's reader. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
