import type { AttemptResult } from '#shared/domain/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { calleeSlot } from './callee.ts';

/** What came of an attempt, as it is counted for the number that it showed. */
export interface ShownResult {
  e164: string;
  region: string;
  hour: number;
  at: number;
  answered: boolean;
  /** a carrier refused it, not the callee's network for want of a subscriber */
  refused: boolean;
  talkTimeMs: number;
  /** false: nobody had the chance to answer */
  counts: boolean;
}

interface AttemptRow {
  callerId: string | null;
  number: string;
  contactPointId: string | null;
  dialedAt: number | null;
  personAt: number | null;
  joinedAt: number | null;
  endedAt: number | null;
  attemptResult: AttemptResult | null;
  sipStatus: number | null;
}

/** Forbidden and Decline (RFC 3261 §21), Unwanted (RFC 8197), Rejected (RFC 8688). */
const REFUSALS: ReadonlySet<number | null> = new Set([403, 603, 607, 608]);

/** We ended the call ourselves before anybody could answer: that says nothing of the number. */
const UNTRIED: ReadonlySet<AttemptResult | null> = new Set(['cancelled', 'interrupted']);

/** @returns null for an attempt that was never dialed or showed no number of ours */
export function readShownResult(
  db: Parameters<typeof calleeSlot>[0],
  attemptId: string,
): ShownResult | null {
  const row = db.get<AttemptRow>(
    `SELECT callerId, number, contactPointId, dialedAt, personAt, joinedAt, endedAt, attemptResult, sipStatus
      FROM attempt WHERE id = ?`,
    attemptId,
  );
  if (!row || row.dialedAt === null || row.callerId === null || row.callerId === '') return null;
  const answered = row.personAt !== null;
  return {
    e164: row.callerId,
    ...calleeSlot(db, row, row.dialedAt),
    at: row.dialedAt,
    answered,
    refused: !answered && REFUSALS.has(row.sipStatus),
    talkTimeMs:
      row.joinedAt === null ? 0 : Math.max(0, (row.endedAt ?? row.joinedAt) - row.joinedAt),
    counts: answered || !UNTRIED.has(row.attemptResult),
  };
}

/**
 * Counts a dialed attempt for the number that it showed. Call it once, in the write that ends the attempt and after its
 * columns: the count then stands or falls with the end, whatever dies when.
 */
export function countShown(db: WriteDb, context: WriteContext, attemptId: string): void {
  const result = readShownResult(db, attemptId);
  if (result === null || !result.counts) return;
  const { answered, refused, talkTimeMs } = result;
  addTally(db, context, result, [1, answered ? 1 : 0, refused ? 1 : 0, talkTimeMs]);
}

/** An answer crossed our hanging up. Call it before the columns are corrected: they say what was counted at the end. */
export function countShownAnswer(db: WriteDb, context: WriteContext, attemptId: string): void {
  const result = readShownResult(db, attemptId);
  if (result !== null && !result.answered)
    addTally(db, context, result, [result.counts ? 0 : 1, 1, result.refused ? -1 : 0, 0]);
}

type Added = [calls: number, answers: number, refusals: number, talkTimeMs: number];

function addTally(
  db: WriteDb,
  context: WriteContext,
  { e164, region, hour, at }: ShownResult,
  [calls, answers, refusals, talkTimeMs]: Added,
): void {
  const day = new Date(at).toISOString().slice(0, 10);
  const id = `${e164}|${region}|${hour}|${day}`;
  const row = db.get<{ calls: number; answers: number; refusals: number; talkTimeMs: number }>(
    'SELECT calls, answers, refusals, talkTimeMs FROM callerIdTally WHERE id = ?',
    id,
  );
  const counted = {
    calls: (row?.calls ?? 0) + calls,
    answers: (row?.answers ?? 0) + answers,
    refusals: (row?.refusals ?? 0) + refusals,
    talkTimeMs: (row?.talkTimeMs ?? 0) + talkTimeMs,
    updatedAt: context.now,
  };
  if (row) db.update('callerIdTally', id, counted);
  else db.insert('callerIdTally', { id, e164, region, hour, day, ...counted });
}
