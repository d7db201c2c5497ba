import { zonesForNumber } from '../../contact-rules/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { placeOfNumber } from './number-place.ts';

/** Where and when somebody is called, as results are counted. */
export interface CalleeSlot {
  region: string;
  /** of the callee's clock, 0 … 23 */
  hour: number;
}

/** @param at epoch ms */
export function calleeSlot(
  db: ReadDb,
  callee: { number: string; contactPointId: string | null },
  at: number,
): CalleeSlot {
  return { region: placeOfNumber(callee.number).region, hour: hourIn(zoneOf(db, callee), at) };
}

/** The number's own zone; where a number says too little, what is known of the contact point. */
function zoneOf(
  db: ReadDb,
  { number, contactPointId }: { number: string; contactPointId: string | null },
): string {
  const zone = zoneOfNumber(number);
  if (zone !== null) return zone;
  const row = contactPointId
    ? db.get<{ zones: string }>(
        `SELECT CASE WHEN c.timeZonesJson = '[]' THEN d.timeZonesJson ELSE c.timeZonesJson END AS zones
          FROM contactPoint c JOIN debtor d ON d.id = c.debtorId WHERE c.id = ?`,
        contactPointId,
      )
    : undefined;
  const [known] = row ? (JSON.parse(row.zones) as string[]) : [];
  return known ?? 'UTC';
}

/** Reading a number takes longer than everything else here. */
const KEPT = 50_000;
const zones = new Map<string, string | null>();

function zoneOfNumber(number: string): string | null {
  const kept = zones.get(number);
  if (kept !== undefined) return kept;
  if (zones.size >= KEPT) zones.clear();
  const zone = zonesForNumber(number)[0] ?? null;
  zones.set(number, zone);
  return zone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function hourIn(timeZone: string, at: number): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' });
    formats.set(timeZone, format);
  }
  return Number(format.format(at));
}
