import { defaultCampaignSettings } from '#shared/contract/index.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';

/** An entry of a contact list that may still be called. */
interface OpenEntry {
  id: string;
  status: 'pending' | 'waiting' | 'inProgress';
  nextAt: number;
  attempts: number;
  callbackAt: number | null;
  callbackPersonId: string | null;
  /** epoch ms: whom a call met with silence is left alone until then; 0: was not */
  silentUntil: number;
}

/**
 * A debtor was reached, promised or wants no calls: no list has them any more. An entry that is being called is left to
 * that call's own outcome.
 * @param reason kept as the reason why it is done
 */
export function leaveLists(
  db: WriteDb,
  context: WriteContext,
  debtorId: string,
  reason: string,
): void {
  for (const { id, status } of openEntries(db, debtorId)) {
    if (status === 'inProgress') continue;
    db.update('contactListEntry', id, {
      status: 'done',
      doneReason: reason,
      callbackAt: null,
      callbackPersonId: null,
      updatedAt: context.now,
    });
  }
}

/**
 * Brings the entries of a debtor in line with their open callbacks: the earliest one is the minute and the agent of the
 * next call, and nobody calls before it. Called after every change of a callback; a second call changes nothing.
 */
export function followCallbacks(db: WriteDb, context: WriteContext, debtorId: string): void {
  const first = db.get<{ at: number; personId: string | null }>(
    `SELECT at, personId FROM callback WHERE debtorId = ? AND status = 'open' AND deletedAt IS NULL
      ORDER BY at, id LIMIT 1`,
    debtorId,
  );
  for (const entry of openEntries(db, debtorId)) {
    const columns = { ...agreed(first), ...waiting(entry, first?.at ?? null, context.now) };
    const differs = Object.entries(columns).some(
      ([name, value]) => entry[name as keyof OpenEntry] !== value,
    );
    if (differs) db.update('contactListEntry', entry.id, { ...columns, updatedAt: context.now });
  }
}

function agreed(first: { at: number; personId: string | null } | undefined) {
  return { callbackAt: first?.at ?? null, callbackPersonId: first?.personId ?? null };
}

/** A debtor who was told when we call is not called before; one whom nobody will call then is called in turn again. */
function waiting(
  { status, nextAt, attempts, callbackAt, silentUntil }: OpenEntry,
  at: number | null,
  now: number,
): Partial<Pick<OpenEntry, 'status' | 'nextAt'>> {
  if (status === 'inProgress') return {};
  // A new minute replaces a retry that was due later; one that was tried in vain keeps its retry.
  if (at !== null && (at !== callbackAt || nextAt < at))
    return { status: 'waiting', nextAt: Math.max(at, silentUntil) };
  if (at !== null || callbackAt === null || nextAt !== callbackAt) return {};
  // a minute that has passed keeps its place among those who are due
  if (nextAt <= now) return {};
  return attempts === 0 ? { status: 'pending', nextAt: 0 } : { nextAt: Math.max(now, silentUntil) };
}

function openEntries(db: WriteDb, debtorId: string): OpenEntry[] {
  return db.all<OpenEntry>(
    `SELECT e.id, e.status, e.nextAt, e.attempts, e.callbackAt, e.callbackPersonId,
        COALESCE(e.silentAt + COALESCE(json_extract(c.settingsJson, '$.silentCoolDownMs'), ?), 0) AS silentUntil
      FROM contactListEntry e LEFT JOIN campaign c ON c.id = e.campaignId
      WHERE e.debtorId = ? AND e.status IN ('pending', 'waiting', 'inProgress')`,
    defaultCampaignSettings.silentCoolDownMs ?? 0,
    debtorId,
  );
}
