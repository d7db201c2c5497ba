/**
 * SerwerSMS writes times as `2014-10-21 11:18:03`, without a zone: Warsaw's. In the hour that comes twice in autumn the
 * earlier instant is meant; what is asked for overlaps by more than that hour.
 */
const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Warsaw',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** @param at epoch ms @returns `2014-10-21 11:18:03` */
export function toWarsaw(at: number): string {
  return parts.format(at);
}

/** @returns epoch ms; null for what is no such time */
export function fromWarsaw(text: string | null): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})/.exec(text ?? '');
  if (match === null) return null;
  const asUtc = Date.parse(`${match[1]}T${match[2]}Z`);
  if (Number.isNaN(asUtc)) return null;
  for (const offsetHours of [2, 1]) {
    const at = asUtc - offsetHours * 3_600_000;
    if (toWarsaw(at) === `${match[1]} ${match[2]}`) return at;
  }
  // A minute that the clock leaps over in spring.
  return asUtc - 3_600_000;
}
