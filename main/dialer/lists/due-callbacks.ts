import type { ReadDb } from '../../store/types.ts';

/** A call that was promised to a debtor for a minute, by one of several campaigns. */
export interface DueCallback {
  entryId: string;
  campaignId: string;
  debtorId: string;
  /** epoch ms: what the debtor was told */
  at: number;
  /** the agent who promised it; null: whoever is there */
  personId: string | null;
  /** the number that was agreed; null: any */
  contactPointId: string | null;
  /** tries so far that did not reach the debtor since are not before this, epoch ms */
  nextAt: number;
}

/**
 * Callbacks that are due or will be within `aheadMs`, the earliest first, so that their agent can be kept free. A callback
 * that was tried in vain comes again when its entry is due; what contact rules refuse now is left out.
 */
export function dueCallbacks(
  db: ReadDb,
  campaignIds: readonly string[],
  now: number,
  aheadMs: number,
  limit = 200,
): DueCallback[] {
  const until = now + aheadMs;
  return db.all<DueCallback>(
    `SELECT e.id AS entryId, e.campaignId, e.debtorId, e.callbackAt AS at, e.callbackPersonId AS personId, e.nextAt,
        (SELECT b.contactPointId FROM callback b WHERE b.debtorId = e.debtorId AND b.status = 'open'
           AND b.at = e.callbackAt AND b.deletedAt IS NULL ORDER BY b.id LIMIT 1) AS contactPointId
      FROM json_each(?) AS asked CROSS JOIN contactListEntry e ON e.campaignId = asked.value
      WHERE e.callbackAt <= ? AND e.status IN ('pending','waiting') AND max(e.nextAt, e.blockedUntil) <= ?
      ORDER BY max(e.callbackAt, e.nextAt), e.position LIMIT ?`,
    JSON.stringify(campaignIds),
    until,
    until,
    limit,
  );
}
