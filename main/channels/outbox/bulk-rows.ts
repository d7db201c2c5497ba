import type { ListFilter, MessageBulk, MessageState } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import type { MessageChannel } from '../types.ts';

export type BulkView = Unbranded<MessageBulk>;
export type BulkState = BulkView['state'];

/** Whose it is; several narrow each other, nothing is everybody. */
export interface BulkScope {
  campaignId?: string | undefined;
  portfolioId?: string | undefined;
  filter?: ListFilter | undefined;
}

export interface BulkRow {
  id: string;
  name: string;
  channel: MessageChannel;
  templateId: string;
  templateVersion: number;
  gatewayId: string | null;
  scopeJson: string;
  state: BulkState;
  total: number | null;
  collected: number;
  skippedJson: string;
  dueAt: number;
  perMinute: number | null;
  /** the last debtor that was collected, in the order of ids */
  cursor: string | null;
  error: string | null;
  personId: string | null;
  createdAt: number;
  finishedAt: number | null;
}

const COLUMNS = `b.id, b.name, b.channel, b.templateId, b.templateVersion, b.gatewayId, b.scopeJson, b.state, b.total,
  b.collected, b.skippedJson, b.dueAt, b.perMinute, b.cursor, b.error, b.personId, b.createdAt, b.finishedAt`;

/** @throws AppError `contract.not-found` */
export function requireBulk(read: ReadDb, bulkId: string): BulkRow {
  const row = read.get<BulkRow>(`SELECT ${COLUMNS} FROM messageBulk b WHERE b.id = ?`, bulkId);
  if (!row) throw new AppError('contract.not-found', 'no such message to many');
  return row;
}

/** Those that an end of the engine interrupted. */
export function collectingBulks(read: ReadDb): string[] {
  return read
    .all<{ id: string }>("SELECT id FROM messageBulk WHERE state = 'collecting' ORDER BY createdAt")
    .map(({ id }) => id);
}

/** Those that have ended while some of theirs still wait, because the engine ended in between. */
export function endedWithQueue(read: ReadDb): string[] {
  return read
    .all<{ id: string }>(
      `SELECT b.id FROM messageBulk b WHERE b.state IN ('cancelled', 'failed')
         AND EXISTS (SELECT 1 FROM message m WHERE m.bulkId = b.id AND m.state = 'queued')`,
    )
    .map(({ id }) => id);
}

/** Newest first. */
export function listBulks(read: ReadDb, limit: number): BulkView[] {
  return read
    .all<ViewRow>(`${VIEW} ORDER BY b.createdAt DESC, b.id DESC LIMIT ?`, limit)
    .map((row) => toView(read, row));
}

/** @throws AppError `contract.not-found` */
export function loadBulkView(read: ReadDb, bulkId: string): BulkView {
  const row = read.get<ViewRow>(`${VIEW} WHERE b.id = ?`, bulkId);
  if (!row) throw new AppError('contract.not-found', 'no such message to many');
  return toView(read, row);
}

type ViewRow = BulkRow & { templateName: string | null; createdBy: string | null };
const VIEW = `SELECT ${COLUMNS}, t.name AS templateName, p.displayName AS createdBy FROM messageBulk b
  LEFT JOIN template t ON t.id = b.templateId LEFT JOIN person p ON p.id = b.personId`;

function toView(read: ReadDb, row: ViewRow): BulkView {
  const { id, name, channel, templateId, state, total, dueAt, perMinute, error } = row;
  const { createdAt, createdBy, finishedAt } = row;
  return {
    messageBulkId: id,
    name,
    channel,
    templateId,
    templateName: row.templateName ?? '',
    state,
    total,
    counts: countStates(read, id),
    skipped: JSON.parse(row.skippedJson) as Record<string, number>,
    dueAt,
    perMinute,
    error,
    createdAt,
    createdBy,
    finishedAt,
  };
}

export function countStates(read: ReadDb, bulkId: string): Partial<Record<MessageState, number>> {
  const rows = read.all<{ state: MessageState; count: number }>(
    'SELECT state, count(*) AS count FROM message WHERE bulkId = ? GROUP BY state',
    bulkId,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Whether something of it is still to be handed over, or asked about. */
export function isUnderWay(read: ReadDb, bulkId: string): boolean {
  const waits = (state: MessageState) =>
    read.get(
      'SELECT 1 FROM message WHERE bulkId = ? AND state = ? AND nextAt IS NOT NULL LIMIT 1',
      bulkId,
      state,
    ) !== undefined;
  return waits('queued') || waits('permitted') || waits('unknown');
}
