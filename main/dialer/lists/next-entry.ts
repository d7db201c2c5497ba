import type { ReadDb } from '../../store/types.ts';
import { NO_DATE } from './blocks.ts';

/** A number of a debtor that may be dialed as far as the number itself goes. */
export interface PhoneNumber {
  contactPointId: string;
  /** E.164 */
  number: string;
}

/** A debtor whose turn it is; without numbers nothing reaches them. */
export interface NextEntry extends Callable {
  entryId: string;
  debtorId: string;
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
  if (!row) return null;
  const [callable = { numbers: [], debtId: null }] = callableOf(db, [row.debtorId]);
  return { ...row, ...callable };
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

/** What an attempt with a debtor may be made with. */
export interface Callable {
  /** active ones in the order in which they are worth trying */
  numbers: PhoneNumber[];
  /** the only open debt; null: several, or none */
  debtId: string | null;
}

// The list of ids stays outside, so that every row is found by an index, for one debtor as for a hundred.
const numbersSql = `SELECT c.debtorId, c.id AS contactPointId, c.value AS number
  FROM json_each(?) AS asked CROSS JOIN contactPoint c ON c.debtorId = asked.value
  WHERE c.deletedAt IS NULL AND c.status = 'active' AND c.kind IN ('mobile','home','work','other')
  ORDER BY asked.key, COALESCE(c.lastTriedAt, 0), c.rank`;
const debtsSql = `SELECT d.debtorId, min(d.id) AS debtId
  FROM json_each(?) AS asked CROSS JOIN debt d ON d.debtorId = asked.value
  WHERE d.deletedAt IS NULL AND d.status = 'open' GROUP BY asked.key HAVING count(*) = 1`;

/** Numbers and the debt of each of some debtors, in their order. */
export function callableOf(db: ReadDb, debtorIds: readonly string[]): Callable[] {
  const ids = JSON.stringify(debtorIds);
  const found = new Map<string, Callable>(
    debtorIds.map((debtorId) => [debtorId, { numbers: [], debtId: null }]),
  );
  for (const { debtorId, ...number } of db.all<PhoneNumber & { debtorId: string }>(numbersSql, ids))
    found.get(debtorId)?.numbers.push(number);
  for (const { debtorId, debtId } of db.all<{ debtorId: string; debtId: string }>(debtsSql, ids)) {
    const callable = found.get(debtorId);
    if (callable) callable.debtId = debtId;
  }
  return debtorIds.map((debtorId) => found.get(debtorId) ?? { numbers: [], debtId: null });
}
