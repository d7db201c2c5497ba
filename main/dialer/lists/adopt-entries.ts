import { followCallbacks } from '../../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';

const CALLBACKS = `SELECT DISTINCT b.debtorId FROM json_each(?) AS asked CROSS JOIN callback b ON b.debtorId = asked.value
  WHERE b.status = 'open' AND b.deletedAt IS NULL`;
const SILENCES = `SELECT e.debtorId, max(e.silentAt) AS silentAt
  FROM json_each(?) AS asked CROSS JOIN contactListEntry e ON e.debtorId = asked.value
  WHERE e.silentAt IS NOT NULL GROUP BY e.debtorId`;

/** Debtors who came onto a list bring along when they are to be called, and that a call to them met silence. */
export function adoptEntries(
  db: WriteDb,
  context: WriteContext,
  campaignId: string,
  debtorIds: readonly string[],
): void {
  const ids = JSON.stringify(debtorIds);
  for (const { debtorId } of db.all<{ debtorId: string }>(CALLBACKS, ids))
    followCallbacks(db, context, debtorId);
  for (const { debtorId, silentAt } of db.all<{ debtorId: string; silentAt: number }>(
    SILENCES,
    ids,
  )) {
    const entries = db.all<{ id: string }>(
      'SELECT id FROM contactListEntry WHERE debtorId = ? AND campaignId = ? AND silentAt IS NULL',
      debtorId,
      campaignId,
    );
    for (const { id } of entries)
      db.update('contactListEntry', id, { silentAt, updatedAt: context.now });
  }
}
