import { AppError } from '#shared/errors/index.ts';
import type { Purpose } from '#shared/rule-packs/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { type BulkRow, type BulkState, isUnderWay, requireBulk } from './bulk-rows.ts';
import type { MessageDoor } from './door.ts';
import { giveBackContact, moveMessage } from './move-message.ts';
import { loadMessages } from './outbox-rows.ts';

export interface StartBulk
  extends Pick<
    BulkRow,
    | 'name'
    | 'channel'
    | 'templateId'
    | 'templateVersion'
    | 'scopeJson'
    | 'dueAt'
    | 'perMinute'
    | 'personId'
  > {
  gatewayId: string;
}

export interface CollectPart {
  bulkId: string;
  /** in the order of ids, behind those that were collected before */
  debtorIds: readonly string[];
  purpose: Purpose;
  sender: string | null;
  expiresAt: number;
}

const ended: ReadonlySet<BulkState> = new Set<BulkState>(['finished', 'cancelled', 'failed']);
const CANCELLED_AT_ONCE = 300;

/** Writes of messages to many. */
export function createBulkWrites(door: MessageDoor) {
  return {
    'message.start-bulk': (db: WriteDb, context: WriteContext, input: StartBulk) => {
      const bulkId = context.newId();
      db.insert('messageBulk', {
        id: bulkId,
        ...input,
        state: 'collecting',
        createdAt: context.now,
      });
      return { bulkId };
    },
    'message.collect-bulk': collectPart,
    'message.end-collecting': (
      db: WriteDb,
      _context: WriteContext,
      { bulkId, error }: { bulkId: string; error: string | null },
    ): void => {
      const { state, collected, skippedJson } = requireBulk(db, bulkId);
      if (state !== 'collecting') return;
      const skipped = Object.values(JSON.parse(skippedJson) as Record<string, number>);
      const total = skipped.reduce((sum, count) => sum + count, collected);
      db.update('messageBulk', bulkId, {
        state: error === null ? 'running' : 'failed',
        error,
        total,
      });
    },
    /** @throws AppError `work.already-ended` */
    'message.pause-bulk': (
      db: WriteDb,
      _context: WriteContext,
      { bulkId, paused }: { bulkId: string; paused: boolean },
    ): void => {
      const { total } = requireOpen(db, bulkId);
      const goesOn = total === null ? 'collecting' : 'running';
      db.update('messageBulk', bulkId, { state: paused ? 'paused' : goesOn });
    },
    /** @throws AppError `work.already-ended` */
    'message.cancel-bulk': (
      db: WriteDb,
      context: WriteContext,
      { bulkId }: { bulkId: string },
    ): void => {
      requireOpen(db, bulkId);
      db.update('messageBulk', bulkId, { state: 'cancelled', finishedAt: context.now });
    },
    /** Some of those that wait are cancelled. @returns how many; call it until there are none */
    'message.cancel-some': (
      db: WriteDb,
      context: WriteContext,
      { bulkId }: { bulkId: string },
    ): number => {
      const chunk = db.beginChunk('messages cancelled');
      const ids = db.all<{ id: string }>(
        `SELECT id FROM message WHERE bulkId = ? AND state = 'queued' LIMIT ${CANCELLED_AT_ONCE}`,
        bulkId,
      );
      const rows = loadMessages(
        db,
        ids.map(({ id }) => id),
      );
      for (const row of rows.values()) {
        moveMessage(db, context, row, 'cancel');
        giveBackContact(door, db, context, row);
      }
      chunk.end();
      return rows.size;
    },
    /** It has ended when nothing of it waits any more. */
    'message.finish-bulk': (
      db: WriteDb,
      context: WriteContext,
      { bulkId }: { bulkId: string },
    ): boolean => {
      const { state } = requireBulk(db, bulkId);
      if (state !== 'running' || isUnderWay(db, bulkId)) return false;
      db.update('messageBulk', bulkId, { state: 'finished', finishedAt: context.now });
      return true;
    },
  };
}

export type BulkWrites = ReturnType<typeof createBulkWrites>;

/** @throws AppError `work.already-ended` */
function requireOpen(db: WriteDb, bulkId: string): BulkRow {
  const row = requireBulk(db, bulkId);
  if (ended.has(row.state)) throw new AppError('work.already-ended', `it is ${row.state}`);
  return row;
}

const COLUMNS = [
  'id',
  'channel',
  'debtorId',
  'debtId',
  'contactPointId',
  'toAddress',
  'sender',
  'gatewayId',
  'templateId',
  'templateVersion',
  'purpose',
  'bulkId',
  'personId',
  'state',
  'dueAt',
  'expiresAt',
  'nextAt',
  'queuedAt',
] as const;

/**
 * Queues one message to each of some debtors, with the first address that their record has; the text is written when it is
 * handed over. A debtor whom this bulk has reached already is left out, so that a part may be done again.
 * @returns how many were queued; null: none, because the bulk was paused or has ended meanwhile
 */
function collectPart(
  db: WriteDb,
  context: WriteContext,
  { bulkId, debtorIds, purpose, sender, expiresAt }: CollectPart,
): number | null {
  const bulk = requireBulk(db, bulkId);
  if (bulk.state !== 'collecting') return null;
  const { channel, gatewayId, templateId, templateVersion, personId, dueAt } = bulk;
  const chunk = db.beginChunk('messages queued');
  const insert = db.inserter('message', COLUMNS);
  const found = findAddresses(db, bulk, debtorIds);
  const nextAt = Math.max(dueAt, context.now);
  for (const { debtorId, debtId, contactPointId, value } of found.reached) {
    insert([
      context.newId(),
      channel,
      debtorId,
      debtId,
      contactPointId,
      value,
      sender,
      gatewayId,
      templateId,
      templateVersion,
      purpose,
      bulkId,
      personId,
      'queued',
      dueAt,
      expiresAt,
      nextAt,
      context.now,
    ]);
  }
  const skipped = JSON.parse(bulk.skippedJson) as Record<string, number>;
  if (found.noAddress > 0)
    skipped['message.no-recipient'] = (skipped['message.no-recipient'] ?? 0) + found.noAddress;
  db.update('messageBulk', bulkId, {
    collected: bulk.collected + found.reached.length,
    skippedJson: JSON.stringify(skipped),
    cursor: debtorIds.at(-1) ?? bulk.cursor,
  });
  chunk.end();
  return found.reached.length;
}

interface Reached {
  debtorId: string;
  debtId: string | null;
  contactPointId: string;
  value: string;
}

function findAddresses(
  db: WriteDb,
  { id: bulkId, channel }: BulkRow,
  debtorIds: readonly string[],
): { reached: Reached[]; noAddress: number } {
  const wanted = db.all<{ id: string }>(
    `SELECT d.id FROM json_each(?) AS asked JOIN debtor d ON d.id = asked.value
     WHERE d.deletedAt IS NULL AND d.mergedInto IS NULL
       AND NOT EXISTS (SELECT 1 FROM message m WHERE m.debtorId = d.id AND +m.bulkId = ?)`,
    JSON.stringify(debtorIds),
    bulkId,
  );
  const ids = JSON.stringify(wanted.map(({ id }) => id));
  const points = firstOfEach(
    db.all<{ debtorId: string; id: string; value: string }>(
      `SELECT c.debtorId, c.id, c.value FROM json_each(?) AS asked
       JOIN contactPoint c ON c.debtorId = asked.value
       WHERE c.kind = ? AND c.status = 'active' AND c.deletedAt IS NULL
       ORDER BY c."rank", c.createdAt, c.id`,
      ids,
      channel === 'email' ? 'email' : 'mobile',
    ),
  );
  const debts = new Map(
    db
      .all<{ debtorId: string; debtId: string }>(
        `SELECT t.debtorId, min(t.id) AS debtId FROM json_each(?) AS asked JOIN debt t ON t.debtorId = asked.value
         WHERE t.deletedAt IS NULL AND t.status = 'open' GROUP BY t.debtorId HAVING count(*) = 1`,
        ids,
      )
      .map(({ debtorId, debtId }) => [debtorId, debtId]),
  );
  const reached = wanted.flatMap(({ id: debtorId }) => {
    const point = points.get(debtorId);
    if (point === undefined) return [];
    const { id: contactPointId, value } = point;
    return [{ debtorId, debtId: debts.get(debtorId) ?? null, contactPointId, value }];
  });
  return { reached, noAddress: wanted.length - reached.length };
}

function firstOfEach<Row extends { debtorId: string }>(rows: readonly Row[]): Map<string, Row> {
  const first = new Map<string, Row>();
  for (const row of rows) if (!first.has(row.debtorId)) first.set(row.debtorId, row);
  return first;
}
