import type { MessageState } from '#shared/contract/index.ts';
import type { Purpose } from '#shared/rule-packs/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { MessageChannel } from '../types.ts';

/** A row of `message`, as writes need it. */
export interface MessageRow {
  id: string;
  channel: MessageChannel;
  debtorId: string | null;
  debtId: string | null;
  contactPointId: string | null;
  toAddress: string;
  sender: string | null;
  gatewayId: string | null;
  templateId: string | null;
  templateVersion: number | null;
  language: string | null;
  purpose: Purpose;
  bulkId: string | null;
  campaignId: string | null;
  callId: string | null;
  threadId: string | null;
  personId: string | null;
  contentJson: string | null;
  state: MessageState;
  tries: number;
  dueAt: number;
  expiresAt: number | null;
  nextAt: number | null;
  parts: number | null;
  reservationId: string | null;
  interactionId: string | null;
  queuedAt: number;
  permittedAt: number | null;
  sentAt: number | null;
  deliveredAt: number | null;
  finishedAt: number | null;
}

/** What is written while a message waits; of a message to many it is null until it is handed over. */
export interface QueuedContent {
  text: string;
  subject: string;
  html: string | null;
  /** why it goes out although who was on the line was not identified; told in the history when it is handed over */
  revealReason?: string;
}

/** Kinds of `interactionContent` that messages have, besides `body`. */
export const SUBJECT = 'subject';
export const HTML = 'html';

const COLUMNS = `id, channel, debtorId, debtId, contactPointId, toAddress, sender, gatewayId, templateId, templateVersion,
  language, purpose, bulkId, campaignId, callId, threadId, personId, contentJson, state, tries, dueAt, expiresAt, nextAt,
  parts, reservationId, interactionId, queuedAt, permittedAt, sentAt, deliveredAt, finishedAt`;

export function findMessage(db: ReadDb, messageId: string): MessageRow | null {
  return db.get<MessageRow>(`SELECT ${COLUMNS} FROM message WHERE id = ?`, messageId) ?? null;
}

/** Those that are there, by id. */
export function loadMessages(db: ReadDb, messageIds: readonly string[]): Map<string, MessageRow> {
  const rows = db.all<MessageRow>(
    `SELECT ${COLUMNS} FROM message WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(messageIds),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Messages of one gateway by hand that may be looked at now, the longest waiting first. */
export function dueByHand(db: ReadDb, gatewayId: string, at: number, limit: number): MessageRow[] {
  return db.all<MessageRow>(
    `SELECT ${COLUMNS} FROM message
     WHERE gatewayId = ? AND state = 'queued' AND bulkId IS NULL AND nextAt <= ?
     ORDER BY nextAt LIMIT ?`,
    gatewayId,
    at,
    limit,
  );
}

/** Of one bulk. */
export function dueOfBulk(
  db: ReadDb,
  gatewayId: string,
  bulkId: string,
  at: number,
  limit: number,
): MessageRow[] {
  return db.all<MessageRow>(
    `SELECT ${COLUMNS} FROM message
     WHERE gatewayId = ? AND state = 'queued' AND bulkId = ? AND nextAt <= ?
     ORDER BY nextAt LIMIT ?`,
    gatewayId,
    bulkId,
    at,
    limit,
  );
}

/** When something of this gateway is to be looked at next, epoch ms; null: nothing waits. */
export function nextLookAt(
  db: ReadDb,
  gatewayId: string,
  bulkIds: readonly string[],
): number | null {
  const first = (bulkId: string | null) =>
    db.get<{ at: number | null }>(
      `SELECT nextAt AS at FROM message
       WHERE gatewayId = ? AND state = 'queued' AND bulkId IS ? AND nextAt IS NOT NULL
       ORDER BY nextAt LIMIT 1`,
      gatewayId,
      bulkId,
    )?.at ?? null;
  const found = [null, ...bulkIds].map(first).filter((at) => at !== null);
  return found.length === 0 ? null : Math.min(...found);
}

/** The content as it was handed over, or as it waits. */
export function contentOf(
  db: ReadDb,
  row: Pick<MessageRow, 'interactionId' | 'contentJson'>,
): QueuedContent | null {
  if (row.contentJson !== null) return JSON.parse(row.contentJson) as QueuedContent;
  if (row.interactionId === null) return null;
  const rows = db.all<{ kind: string; text: string | null }>(
    'SELECT kind, text FROM interactionContent WHERE interactionId = ? AND erasedAt IS NULL',
    row.interactionId,
  );
  const of = (kind: string) => rows.find((one) => one.kind === kind)?.text ?? null;
  const text = of('body');
  return text === null ? null : { text, subject: of(SUBJECT) ?? '', html: of(HTML) };
}

export interface AttachmentRow {
  messageId: string;
  documentId: string;
  name: string;
  mediaType: string;
  bytes: number;
}

/** In their order, by message. */
export function loadAttachments(
  db: ReadDb,
  messageIds: readonly string[],
): Map<string, AttachmentRow[]> {
  const rows = db.all<AttachmentRow>(
    `SELECT messageId, documentId, name, mediaType, bytes FROM messageAttachment
     WHERE messageId IN (SELECT value FROM json_each(?)) ORDER BY messageId, position`,
    JSON.stringify(messageIds),
  );
  return Map.groupBy(rows, ({ messageId }) => messageId);
}
