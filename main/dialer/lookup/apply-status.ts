import type { LineStatus } from '#shared/contract/lookup.contract.ts';
import { setContactPointStatus } from '../../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';

interface PointRow {
  id: string;
  status: string;
  lineStatus: LineStatus | null;
  lineStatusAt: number | null;
  nextTryAt: number;
}

export interface Found {
  /** E.164 */
  number: string;
  status: LineStatus;
  /** when the network said so */
  at: number;
  absentWaitMs: number;
}

const REASON = 'look-up';

/**
 * Gives a network's answer to every contact point with the number: a dead one is not used any more, an absent one waits, one
 * that is there again is worth a call now. An older answer, and one that says nothing, changes nothing.
 */
export function applyStatus(db: WriteDb, context: WriteContext, found: Found): void {
  if (found.status === 'unknown') return;
  const points = db.all<PointRow>(
    'SELECT id, status, lineStatus, lineStatusAt, nextTryAt FROM contactPoint WHERE value = ? AND deletedAt IS NULL',
    found.number,
  );
  for (const point of points)
    if ((point.lineStatusAt ?? 0) < found.at) applyToPoint(db, context, point, found);
}

function applyToPoint(
  db: WriteDb,
  context: WriteContext,
  point: PointRow,
  { status, at, absentWaitMs }: Found,
): void {
  const wasGone = isGone(point.lineStatus);
  const isBack = status === 'reachable' && (wasGone || point.lineStatus === 'absent');
  db.update('contactPoint', point.id, {
    lineStatus: status,
    lineStatusAt: at,
    ...(isBack ? { reachableSince: at } : {}),
    ...(status === 'reachable' ? {} : { reachableSince: null }),
    ...waitOf(point, { status, at, absentWaitMs }),
  });
  const next = statusOf(point, status, wasGone);
  if (next !== null)
    setContactPointStatus(db, context, {
      contactPointId: point.id,
      status: next,
      reason: REASON,
      personId: null,
    });
}

/** Only what a look-up called dead comes back by one: what an agent said of a number stays. */
function statusOf(point: PointRow, status: LineStatus, wasGone: boolean): 'active' | 'dead' | null {
  if (isGone(status)) return point.status === 'active' ? 'dead' : null;
  return wasGone && point.status === 'dead' ? 'active' : null;
}

/** The wait of an absent phone ends when it is back, if it is that wait and not one of another reason. */
function waitOf(
  point: PointRow,
  { status, at, absentWaitMs }: Omit<Found, 'number'>,
): { nextTryAt?: number } {
  if (status === 'absent') return { nextTryAt: Math.max(point.nextTryAt, at + absentWaitMs) };
  const ours = (point.lineStatusAt ?? 0) + absentWaitMs;
  return point.lineStatus === 'absent' && point.nextTryAt === ours ? { nextTryAt: 0 } : {};
}

function isGone(status: LineStatus | null): boolean {
  return status === 'dead' || status === 'invalid';
}
