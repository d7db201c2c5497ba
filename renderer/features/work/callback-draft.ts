import type { DebtorCard } from '#shared/contract/index.ts';
import { fromZonedField, ownTimeZone, toZonedField } from '../../app/format/index.ts';

export type CallbackNeed = 'callback-time' | 'callback-past';

const hourMs = 3_600_000;

/** The zone a callback is agreed in: the debtor's, since that is whose word it is; else the reader's own. */
export function callbackZone(card: DebtorCard | null): string {
  return card?.timeZones[0] ?? ownTimeZone();
}

/** The instant of what is typed, or null. */
export function callbackInstant(callbackAt: string | null, card: DebtorCard | null): number | null {
  return callbackAt === null ? null : fromZonedField(callbackAt, callbackZone(card));
}

export function callbackNeed(
  callbackAt: string | null,
  card: DebtorCard | null,
  now: number,
): CallbackNeed | null {
  const at = callbackInstant(callbackAt, card);
  if (at === null) return 'callback-time';
  return at > now ? null : 'callback-past';
}

/** The next whole hour, as the clock shows it there. */
export function proposeCallback(card: DebtorCard | null, now: number): string {
  return toZonedField(Math.ceil((now + 60_000) / hourMs) * hourMs, callbackZone(card));
}
