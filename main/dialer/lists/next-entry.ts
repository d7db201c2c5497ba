import type { ReadDb } from '../../store/types.ts';
import { NO_DATE } from './blocks.ts';

/** A number of a debtor that may be dialed as far as the number itself goes. */
export interface PhoneNumber {
  contactPointId: string;
  /** E.164 */
  number: string;
}

/** A debtor whose turn it is, with the numbers worth trying; none: nothing reaches them. */
export interface NextEntry {
  entryId: string;
  debtorId: string;
  /** the one that was tried least recently first, best rank first */
  numbers: PhoneNumber[];
}

interface Row {
  entryId: string;
  debtorId: string;
}

/**
 * The next debtor of a campaign: retries and callbacks that are due first, then those never tried, in the
 * order of the list. Whom the rules block is passed over. Reads a handful of index rows whatever the length of the list.
 * @param taken entries that an attempt is being started for
 */
export function nextEntry(
  db: ReadDb,
  campaignId: string,
  now: number,
  taken: ReadonlySet<string>,
): NextEntry | null {
  const limit = taken.size + 1;
  const due = (status: 'waiting' | 'pending') =>
    db
      .all<Row>(
        `SELECT id AS entryId, debtorId FROM contactListEntry
          WHERE campaignId = ? AND status = ? AND max(nextAt, blockedUntil) <= ?
          ORDER BY max(nextAt, blockedUntil), position LIMIT ?`,
        campaignId,
        status,
        now,
        limit,
      )
      .find(({ entryId }) => !taken.has(entryId));
  const row = due('waiting') ?? due('pending');
  return row ? { ...row, numbers: callableNumbers(db, row.debtorId) } : null;
}

/** When an entry that waits is due, and whether it is the rules that it waits for. */
export interface NextDue {
  at: number;
  byRules: boolean;
}

/**
 * When the first of those who wait is due; one who is refused without a date waits for no instant.
 * @returns null when nobody will be due by themselves
 */
export function nextDue(db: ReadDb, campaignId: string, now: number): NextDue | null {
  const first = (status: 'waiting' | 'pending', from: number) =>
    db.get<{ at: number; nextAt: number }>(
      `SELECT max(nextAt, blockedUntil) AS at, nextAt FROM contactListEntry
        WHERE campaignId = ? AND status = ? AND max(nextAt, blockedUntil) > ? AND max(nextAt, blockedUntil) < ${NO_DATE}
        ORDER BY max(nextAt, blockedUntil) LIMIT 1`,
      campaignId,
      status,
      from,
    );
  const rows = [first('waiting', -1), first('pending', now)].filter((row) => row !== undefined);
  const [row] = rows.sort((one, other) => one.at - other.at);
  return row ? { at: row.at, byRules: row.at > row.nextAt } : null;
}

/** Active numbers of a debtor in the order in which they are worth trying. */
export function callableNumbers(db: ReadDb, debtorId: string): PhoneNumber[] {
  return db.all<PhoneNumber>(
    `SELECT id AS contactPointId, value AS number FROM contactPoint
      WHERE debtorId = ? AND deletedAt IS NULL AND status = 'active' AND kind IN ('mobile','home','work','other')
      ORDER BY COALESCE(lastTriedAt, 0), rank`,
    debtorId,
  );
}
