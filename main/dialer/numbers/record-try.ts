import type { AttemptResult } from '#shared/domain/index.ts';
import { setContactPointStatus } from '../../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { countAnswer } from './count-answer.ts';

/** An attempt that left the machine and is over. */
export interface EndedTry {
  debtorId: string | null;
  contactPointId: string;
  /** epoch ms */
  dialedAt: number;
  answeredAt: number | null;
  result: AttemptResult;
  /** how long the number is left alone after it; null: as long as its list leaves the debtor alone */
  delayMs: number | null;
  /** failures in a row after which it is retired; null: never */
  failuresBeforeRetired: number | null;
}

interface PointRow {
  failures: number;
  nextTryAt: number;
  status: string;
}

/** Nobody was there, or nobody took the call: it says something of the number, and counts towards its retirement. */
const FAILURES: ReadonlySet<AttemptResult> = new Set(['noAnswer', 'busy', 'rejected', 'machine']);

/**
 * What the end of an attempt means for the number it was made with: how often in a row it failed, when it may be tried
 * again, whether it is retired or dead, and what is learnt of its hours. Call it once for each attempt, in the
 * transaction that ends it.
 */
export function recordTry(db: WriteDb, context: WriteContext, ended: EndedTry): void {
  const { contactPointId, result, delayMs } = ended;
  const point = findPoint(db, contactPointId);
  if (point === null) return;
  const isReached = reached(ended);
  const failures = isReached ? 0 : point.failures + (FAILURES.has(result) ? 1 : 0);
  const nextTryAt = delayMs === null ? 0 : context.now + delayMs;
  db.update('contactPoint', contactPointId, { lastResult: result, failures, nextTryAt });
  if (isReached || FAILURES.has(result)) count(db, context, ended, 1);
  if (point.status !== 'active') return;
  const isSpent = ended.failuresBeforeRetired !== null && failures >= ended.failuresBeforeRetired;
  if (result === 'invalidNumber') setStatus(db, context, contactPointId, 'dead');
  else if (isSpent && FAILURES.has(result)) setStatus(db, context, contactPointId, 'retired');
}

/**
 * The end was another after all: an answer crossed our hanging up. What was counted as a failure becomes an answer, and a
 * number that was retired or taken for dead by that very failure is in use again.
 * @param before the verdict that `recordTry` was told; null: none yet
 */
export function correctTry(
  db: WriteDb,
  context: WriteContext,
  ended: EndedTry,
  before: AttemptResult | null,
): void {
  const { contactPointId, result, delayMs, failuresBeforeRetired } = ended;
  const point = findPoint(db, contactPointId);
  if (point === null || before === result) return;
  const nextTryAt = delayMs === null ? 0 : context.now + delayMs;
  db.update('contactPoint', contactPointId, { lastResult: result, failures: 0, nextTryAt });
  count(db, context, ended, before !== null && FAILURES.has(before) ? 0 : 1);
  const wasRetired =
    point.status === 'retired' &&
    before !== null &&
    FAILURES.has(before) &&
    failuresBeforeRetired !== null &&
    point.failures === failuresBeforeRetired;
  const wasDead = point.status === 'dead' && before === 'invalidNumber';
  if (wasRetired || wasDead) setStatus(db, context, contactPointId, 'active');
}

/** A person took the call, whatever became of it. */
function reached({ answeredAt, result }: EndedTry): boolean {
  return answeredAt !== null || result === 'answered' || result === 'abandoned';
}

function count(db: WriteDb, context: WriteContext, ended: EndedTry, tries: number): void {
  const { debtorId, contactPointId, dialedAt } = ended;
  if (debtorId === null) return;
  countAnswer(db, context, {
    debtorId,
    contactPointId,
    at: dialedAt,
    tries,
    answers: reached(ended) ? 1 : 0,
  });
}

/** The engine does it, no person: the history of the debtor says so. */
function setStatus(
  db: WriteDb,
  context: WriteContext,
  contactPointId: string,
  status: 'active' | 'dead' | 'retired',
): void {
  setContactPointStatus(db, context, { contactPointId, status, personId: null });
}

function findPoint(db: WriteDb, contactPointId: string): PointRow | null {
  const row = db.get<PointRow>(
    'SELECT failures, nextTryAt, status FROM contactPoint WHERE id = ? AND deletedAt IS NULL',
    contactPointId,
  );
  return row ?? null;
}
