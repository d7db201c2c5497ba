const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** How long the centre may try, in one octet; never longer than asked. @see 3GPP TS 23.040 §9.2.3.12.1 */
export function relativeValidity(ms: number): number {
  if (ms < 12 * HOUR_MS + 30 * MINUTE_MS)
    return between(Math.floor(ms / (5 * MINUTE_MS)) - 1, 0, 143);
  if (ms < 2 * DAY_MS) {
    return between(143 + Math.floor((ms - 12 * HOUR_MS) / (30 * MINUTE_MS)), 144, 167);
  }
  if (ms < 5 * WEEK_MS) return between(166 + Math.floor(ms / DAY_MS), 168, 196);
  return between(192 + Math.floor(ms / WEEK_MS), 197, 255);
}

function between(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
