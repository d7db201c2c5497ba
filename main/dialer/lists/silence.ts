import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';
import { readCampaignSettings } from '../settings/index.ts';

interface OpenEntry {
  id: string;
  nextAt: number;
  silentAt: number | null;
  settingsJson: string;
}

/**
 * A person answered and met nobody: until they are reached, no list of the firm calls them without an agent on the line,
 * nor before its cool-down is over.
 * @param entryId the entry that was called; its own next try is set by its verdict
 */
export function rememberSilence(
  db: WriteDb,
  context: WriteContext,
  debtorId: string,
  entryId: string,
): void {
  const { now } = context;
  db.update('contactListEntry', entryId, { silentAt: now, updatedAt: now });
  for (const entry of openEntries(db, debtorId)) {
    if (entry.id === entryId) continue;
    const { silentCoolDownMs } = readCampaignSettings(entry.settingsJson);
    const columns =
      silentCoolDownMs === null
        ? { status: 'done', doneReason: 'abandoned' }
        : { status: 'waiting', nextAt: Math.max(entry.nextAt, now + silentCoolDownMs) };
    db.update('contactListEntry', entry.id, { ...columns, silentAt: now, updatedAt: now });
  }
}

/** The person was reached: they are called as everybody is. */
export function endSilence(db: WriteDb, context: WriteContext, debtorId: string): void {
  const rows = db.all<{ id: string }>(
    'SELECT id FROM contactListEntry WHERE debtorId = ? AND silentAt IS NOT NULL',
    debtorId,
  );
  for (const { id } of rows)
    db.update('contactListEntry', id, { silentAt: null, updatedAt: context.now });
}

/** A debtor who met silence and whose cool-down is over: the next call has an agent on the line first. */
export interface DueSilent {
  entryId: string;
  debtorId: string;
  silentAt: number;
}

/**
 * Those of a campaign who met silence and may be called again, the first to have met it first.
 * @param coolDownMs of the campaign as it is set now; null: never by this campaign
 */
export function dueSilent(
  db: ReadDb,
  campaignId: string,
  now: number,
  coolDownMs: number | null,
  limit = 50,
): DueSilent[] {
  if (coolDownMs === null) return [];
  return db.all<DueSilent>(
    `SELECT id AS entryId, debtorId, silentAt FROM contactListEntry
      WHERE campaignId = ? AND silentAt <= ? AND status IN ('pending','waiting') AND excluded = 0
        AND max(nextAt, blockedUntil) <= ? AND callbackAt IS NULL
      ORDER BY silentAt, position LIMIT ?`,
    campaignId,
    now - coolDownMs,
    now,
    limit,
  );
}

/** Entries of a debtor that wait on any list, with the settings of each. */
function openEntries(db: ReadDb, debtorId: string): OpenEntry[] {
  return db.all<OpenEntry>(
    `SELECT e.id, e.nextAt, e.silentAt, c.settingsJson FROM contactListEntry e JOIN campaign c ON c.id = e.campaignId
      WHERE e.debtorId = ? AND e.status IN ('pending','waiting')`,
    debtorId,
  );
}
