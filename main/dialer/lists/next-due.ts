import type { ReadDb } from '../../store/types.ts';
import { NO_DATE } from './blocks.ts';
import type { NextDue } from './next-entry.ts';

interface Row {
  at: number;
  nextAt: number;
  isLeftOut: 0 | 1;
}

/** those whom a filter leaves out and who are due before all others */
const MOST_LEFT_OUT = 300;

/**
 * When the first of those who wait is due, of those whom the filter leaves in and those to whom a call was promised; one
 * who is refused without a date waits for no instant. When very many who are left out come first, it is too early, and
 * never too late.
 * @returns null when nobody will be due by themselves
 */
export function nextDueOf(db: ReadDb, campaignId: string, now: number): NextDue | null {
  const dues = [firstOf(db, campaignId, 'waiting', -1), firstOf(db, campaignId, 'pending', now)];
  const [first] = dues.filter((row) => row !== null).sort((one, other) => one.at - other.at);
  return first ? { at: first.at, byRules: first.at > first.nextAt } : null;
}

function firstOf(
  db: ReadDb,
  campaignId: string,
  status: 'waiting' | 'pending',
  from: number,
): Row | null {
  const read = (limit: number) =>
    db.all<Row>(
      `SELECT max(nextAt, blockedUntil) AS at, nextAt, excluded = 1 AND callbackAt IS NULL AS isLeftOut
        FROM contactListEntry
        WHERE campaignId = ? AND status = ? AND max(nextAt, blockedUntil) > ? AND max(nextAt, blockedUntil) < ${NO_DATE}
        ORDER BY max(nextAt, blockedUntil) LIMIT ?`,
      campaignId,
      status,
      from,
      limit,
    );
  const [first] = read(1);
  if (first === undefined || first.isLeftOut === 0) return first ?? null;
  const rows = read(MOST_LEFT_OUT);
  const found = rows.find((row) => row.isLeftOut === 0);
  return found ?? (rows.length < MOST_LEFT_OUT ? null : (rows.at(-1) ?? null));
}
