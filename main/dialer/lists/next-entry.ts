import type { ReadDb } from '../../store/types.ts';

/** A debtor whose turn it is, and the number worth trying. */
export interface NextEntry {
  entryId: string;
  debtorId: string;
  contactPointId: string;
  /** E.164 */
  number: string;
}

interface Row {
  entryId: string;
  debtorId: string;
}

/**
 * The next debtor of a campaign: retries and callbacks that are due first, then those never tried, in the
 * order of the list. Reads a handful of index rows whatever the length of the list.
 * @param taken entries that an attempt is being started for
 */
export function nextEntry(
  db: ReadDb,
  campaignId: string,
  now: number,
  taken: ReadonlySet<string>,
): NextEntry | { entryId: string; unreachable: true } | null {
  const limit = taken.size + 1;
  const rows = [
    ...db.all<Row>(
      `SELECT id AS entryId, debtorId FROM contactListEntry
        WHERE campaignId = ? AND status = 'waiting' AND nextAt <= ? ORDER BY nextAt, position LIMIT ?`,
      campaignId,
      now,
      limit,
    ),
    ...db.all<Row>(
      `SELECT id AS entryId, debtorId FROM contactListEntry
        WHERE campaignId = ? AND status = 'pending' ORDER BY nextAt, position LIMIT ?`,
      campaignId,
      limit,
    ),
  ];
  const row = rows.find((candidate) => !taken.has(candidate.entryId));
  if (!row) return null;
  const number = bestNumber(db, row.debtorId);
  return number ? { ...row, ...number } : { entryId: row.entryId, unreachable: true };
}

/** When the earliest waiting entry is due; null when nothing waits. */
export function nextDueAt(db: ReadDb, campaignId: string): number | null {
  const row = db.get<{ nextAt: number }>(
    `SELECT nextAt FROM contactListEntry WHERE campaignId = ? AND status = 'waiting' ORDER BY nextAt LIMIT 1`,
    campaignId,
  );
  return row?.nextAt ?? null;
}

/** The number of a debtor that was tried least recently, best rank first. */
function bestNumber(
  db: ReadDb,
  debtorId: string,
): { contactPointId: string; number: string } | null {
  const row = db.get<{ id: string; value: string }>(
    `SELECT id, value FROM contactPoint
      WHERE debtorId = ? AND deletedAt IS NULL AND status = 'active' AND kind IN ('mobile','home','work','other')
      ORDER BY COALESCE(lastTriedAt, 0), rank LIMIT 1`,
    debtorId,
  );
  return row ? { contactPointId: row.id, number: row.value } : null;
}
