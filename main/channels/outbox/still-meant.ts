import type { ReadDb } from '../../store/types.ts';
import { findMessage, type MessageRow } from './outbox-rows.ts';

/**
 * Of messages that wait: those of a message to many that goes on now. What a person has paused or cancelled between
 * reading and writing stays where it is.
 */
export function ofRunningBulks<One extends { row: MessageRow }>(
  db: ReadDb,
  waiting: readonly One[],
): One[] {
  const bulkIds = new Set(waiting.flatMap(({ row }) => row.bulkId ?? []));
  const running = new Set([...bulkIds].filter((bulkId) => isRunning(db, bulkId)));
  return waiting.filter(({ row }) => row.bulkId === null || running.has(row.bulkId));
}

export function isRunning(db: ReadDb, bulkId: string): boolean {
  const sql = `SELECT 1 FROM messageBulk WHERE id = ? AND state IN ('collecting', 'running')`;
  return db.get(sql, bulkId) !== undefined;
}

/**
 * Whether the address that a message was queued for is still one that its debtor is written to at. It may have been
 * corrected, found to be a stranger's, removed or erased while the message waited; a merge leaves it with another id.
 */
export function isStillTheirs(
  db: ReadDb,
  { debtorId, contactPointId, toAddress }: MessageRow,
): boolean {
  if (toAddress === '') return false;
  if (contactPointId === null) return true;
  const sql = `SELECT 1 FROM contactPoint WHERE debtorId = ? AND value = ? AND status = 'active' AND deletedAt IS NULL
    LIMIT 1`;
  return db.get(sql, debtorId, toAddress) !== undefined;
}

/** Another message of the same message to many went to this debtor: two that were merged are one. */
export function hasOneOfBulk(db: ReadDb, { id, bulkId, debtorId }: MessageRow): boolean {
  if (bulkId === null) return false;
  const sql = `SELECT 1 FROM message WHERE debtorId = ? AND +bulkId = ? AND id <> ?
    AND state NOT IN ('queued', 'cancelled', 'failed') LIMIT 1`;
  return db.get(sql, debtorId, bulkId, id) !== undefined;
}

/**
 * Whether one that was permitted a while ago and has not left is to leave now: nobody has cancelled what it is part of, its
 * time is not over, and nothing was heard of it.
 * @param at epoch ms
 */
export function isStillMeant(db: ReadDb, messageId: string, at: number): boolean {
  const row = findMessage(db, messageId);
  if (row?.state !== 'permitted' || !isStillTheirs(db, row)) return false;
  if (row.expiresAt !== null && row.expiresAt <= at) return false;
  return row.bulkId === null || isRunning(db, row.bulkId);
}
