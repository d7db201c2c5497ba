import { type CampaignSettings, defaultCampaignSettings } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';
import { retryDelayMs } from '../lists/index.ts';
import { correctTry, type EndedTry, recordTry } from '../numbers/index.ts';
import { readCampaignSettings } from '../settings/index.ts';
import type { AttemptRow } from './attempt-rows.ts';

/** The INVITE may have left: the number was tried, whatever comes of it. */
export function markTried(db: WriteDb, context: WriteContext, contactPointId: string): void {
  const row = db.get<{ tries: number }>(
    'SELECT tries FROM contactPoint WHERE id = ?',
    contactPointId,
  );
  if (row)
    db.update('contactPoint', contactPointId, { lastTriedAt: context.now, tries: row.tries + 1 });
}

/**
 * What the number of an attempt that has just ended is worth now; within the transaction of its end.
 * @param ended `result` as it was; `verdict` as the list hears it: a call that was taken back waits as one that nobody
 *   answered, and says nothing against the number
 */
export function recordTriedNumber(
  db: WriteDb,
  context: WriteContext,
  attempt: AttemptRow,
  { result, verdict }: { result: AttemptResult; verdict: AttemptResult },
): void {
  const ended = endedTry(db, attempt, result, verdict);
  if (ended !== null) recordTry(db, context, ended);
}

/** The same when the answer came after the end had been written; `attempt` is as it was before. */
export function correctTriedNumber(
  db: WriteDb,
  context: WriteContext,
  attempt: AttemptRow,
  result: AttemptResult,
): void {
  const ended = endedTry(db, attempt, result, result);
  if (ended !== null) correctTry(db, context, ended, attempt.attemptResult);
}

function endedTry(
  db: ReadDb,
  attempt: AttemptRow,
  result: AttemptResult,
  verdict: AttemptResult,
): EndedTry | null {
  const { contactPointId, debtorId, dialedAt, answeredAt, campaignId } = attempt;
  if (contactPointId === null || dialedAt === null) return null;
  const settings = settingsOf(db, campaignId);
  return {
    debtorId,
    contactPointId,
    dialedAt,
    answeredAt,
    result,
    delayMs: retryDelayMs(verdict, settings ?? defaultCampaignSettings),
    // who calls by hand decides by hand
    failuresBeforeRetired: settings?.numbers.failuresBeforeRetired ?? null,
  };
}

function settingsOf(db: ReadDb, campaignId: string | null): CampaignSettings | null {
  if (campaignId === null) return null;
  const row = db.get<{ settingsJson: string }>(
    'SELECT settingsJson FROM campaign WHERE id = ?',
    campaignId,
  );
  return row ? readCampaignSettings(row.settingsJson) : null;
}
