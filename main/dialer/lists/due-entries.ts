import type { ListStrategy } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/types.ts';

/** An entry that may be taken, with its place. */
export interface DueRow {
  entryId: string;
  rank: number;
  position: number;
  /** max(nextAt, blockedUntil): epoch ms */
  dueAt: number;
}

/** Where the walk through the places of a list stands. */
export interface Walk {
  status: 'waiting' | 'pending';
  rank: number;
  position: number;
}

export interface LookLimits {
  /** up to so many due entries of one status are read and sorted; a list with more is walked through by place */
  few: number;
  /** rows of the index looked at in one go */
  rowsAtOnce: number;
}
/** about a millisecond each */
export const usualLimits: LookLimits = { few: 600, rowsAtOnce: 2_500 };

/** a phone that was switched on again so long ago is like any other */
const JUST_REACHABLE_MS = 24 * 3_600_000;

type Order = (one: DueRow, other: DueRow) => number;
export const byPlace: Order = (one, other) =>
  one.rank - other.rank || one.position - other.position;
/** of a strategy that says nothing of order: who was due first */
export const byTime: Order = (one, other) =>
  one.dueAt - other.dueAt || one.position - other.position;

/** Says nothing of who comes before whom. */
export function isPlain({ priorities, weights, periods }: ListStrategy): boolean {
  const weighsNothing = (each: ListStrategy['weights']) => Object.values(each).every((w) => !w);
  return (
    priorities.length === 0 &&
    weighsNothing(weights) &&
    periods.every((period) => weighsNothing(period.weights))
  );
}

const COLUMNS = `e.id AS entryId, e.rank, e.position, max(e.nextAt, e.blockedUntil) AS dueAt`;
/** the rest comes by another way: a promised minute, or with an agent on the line first */
const ORDINARY = 'e.excluded = 0 AND e.callbackAt IS NULL AND e.silentAt IS NULL';

/**
 * All entries of one status that are due, when they are few.
 * @returns null: more than `few` are due
 */
export function fewDue(
  db: ReadDb,
  campaignId: string,
  status: Walk['status'],
  now: number,
  few: number,
): DueRow[] | null {
  const asked = [campaignId, status, now, few + 1];
  // counted first, without their rows: the index alone says it
  const counted = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM contactListEntry
      WHERE campaignId = ? AND status = ? AND max(nextAt, blockedUntil) <= ? LIMIT ?)`,
    ...asked,
  );
  if ((counted?.n ?? 0) > few) return null;
  return db.all<DueRow>(
    `SELECT ${COLUMNS} FROM contactListEntry e
      WHERE e.campaignId = ? AND e.status = ? AND max(e.nextAt, e.blockedUntil) <= ? AND ${ORDINARY} LIMIT ?`,
    ...asked,
  );
}

/** Entries of one status in the order in which they became due, for lists without any other order. */
export function dueByTime(
  db: ReadDb,
  campaignId: string,
  status: Walk['status'],
  now: number,
  limit: number,
): DueRow[] {
  return db.all<DueRow>(
    `SELECT * FROM (SELECT ${COLUMNS}, e.excluded, e.callbackAt, e.silentAt FROM contactListEntry e
      WHERE e.campaignId = ? AND e.status = ? AND max(e.nextAt, e.blockedUntil) <= ?
      ORDER BY max(e.nextAt, e.blockedUntil), e.position LIMIT ?) AS e WHERE ${ORDINARY}`,
    campaignId,
    status,
    now,
    limit,
  );
}

export interface WalkedRows {
  rows: DueRow[];
  /** null: the end was reached */
  next: Walk | null;
}

/**
 * The due ones among the next entries by their place, also those who come by another way: that is seen when an entry is
 * looked up. Looks at so many rows of one index and no more: the entries themselves lie all over a large file.
 */
export function walkOn(
  db: ReadDb,
  campaignId: string,
  now: number,
  from: Walk,
  { few, rowsAtOnce }: LookLimits,
): WalkedRows {
  const { status, rank, position } = from;
  const asked = [campaignId, status, rank, position];
  const rows = db.all<DueRow>(
    `SELECT entryId, rank, position, dueAt FROM (
        SELECT id AS entryId, rank, position, max(nextAt, blockedUntil) AS dueAt ${NEXT_PLACES} LIMIT ?)
      WHERE dueAt <= ? LIMIT ?`,
    ...asked,
    rowsAtOnce,
    now,
    few,
  );
  const last =
    rows.length === few
      ? rows.at(-1)
      : db.get<Pick<DueRow, 'rank' | 'position'>>(
          `SELECT rank, position ${NEXT_PLACES} LIMIT 1 OFFSET ?`,
          ...asked,
          rowsAtOnce - 1,
        );
  return { rows, next: last ? { status, rank: last.rank, position: last.position } : null };
}

const NEXT_PLACES = `FROM contactListEntry
  WHERE campaignId = ? AND status = ? AND excluded = 0 AND (rank, position) > (?, ?) ORDER BY rank, position`;

export const walkFrom = (status: Walk['status']): Walk => ({
  status,
  rank: Number.MIN_SAFE_INTEGER,
  position: -1,
});

/** Due entries of debtors one of whose phones was off and is reachable again, the latest first. */
export function reachableAgain(
  db: ReadDb,
  campaignId: string,
  now: number,
  limit: number,
): DueRow[] {
  return db.all<DueRow>(
    `SELECT ${COLUMNS} FROM contactPoint c CROSS JOIN contactListEntry e
        ON e.debtorId = c.debtorId AND e.status IN ('pending','waiting') AND e.campaignId = ?
      WHERE c.reachableSince > ? AND c.reachableSince <= ? AND c.reachableSince > COALESCE(c.lastTriedAt, 0)
        AND c.status = 'active' AND c.deletedAt IS NULL AND max(e.nextAt, e.blockedUntil) <= ? AND ${ORDINARY}
      ORDER BY c.reachableSince DESC, e.position LIMIT ?`,
    campaignId,
    now - JUST_REACHABLE_MS,
    now,
    now,
    limit,
  );
}
