import type { Message, MessageState } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import type { MessageChannel } from '../types.ts';
import { loadAttachments, type QueuedContent, SUBJECT } from './outbox-rows.ts';

export type MessageView = Unbranded<Message>;

interface ViewRow
  extends Omit<
    MessageView,
    'hint' | 'attachments' | 'subject' | 'text' | 'gatewayName' | 'messageBulkId'
  > {
  hint: number;
  contentJson: string | null;
  gatewayJson: string | null;
  bulkId: string | null;
}

const SELECT = `SELECT m.id AS messageId, m.channel, m.debtorId, d.displayName, m.contactPointId, m.toAddress AS "to", m.sender,
    m.state, m.reason, m.detail, m.hint, m.contentJson, m.parts, m.templateId, t.name AS templateName, m.gatewayId,
    g.settingsJson AS gatewayJson, m.bulkId, m.callId, m.interactionId, m.personId, p.displayName AS agentName, m.queuedAt,
    m.dueAt, m.expiresAt, m.sentAt, m.deliveredAt, m.readAt, m.finishedAt
  FROM message m
  LEFT JOIN debtor d ON d.id = m.debtorId
  LEFT JOIN template t ON t.id = m.templateId
  LEFT JOIN gateway g ON g.id = m.gatewayId
  LEFT JOIN person p ON p.id = m.personId`;

/** @throws AppError `contract.not-found` */
export function loadView(read: ReadDb, messageId: string): MessageView {
  const [view] = loadViews(read, [messageId]);
  if (view === undefined) throw new AppError('contract.not-found', 'no such message');
  return view;
}

/** In the order of the ids; those that are gone are left out. */
export function loadViews(read: ReadDb, messageIds: readonly string[]): MessageView[] {
  const rows = read.all<ViewRow>(
    `${SELECT} WHERE m.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(messageIds),
  );
  const byId = new Map(complete(read, rows).map((view) => [view.messageId, view]));
  return messageIds.flatMap((messageId) => byId.get(messageId) ?? []);
}

export interface ListQuery {
  debtorId?: string | undefined;
  messageBulkId?: string | undefined;
  channel?: MessageChannel | undefined;
  states?: readonly MessageState[] | undefined;
  waiting: boolean;
  before?: number | undefined;
  limit: number;
}

/** Newest first. */
export function listViews(
  read: ReadDb,
  query: ListQuery,
): { messages: MessageView[]; more: boolean } {
  const wanted = conditionsOf(query);
  const where = wanted.length === 0 ? '' : `WHERE ${wanted.map(([sql]) => sql).join(' AND ')}`;
  const rows = read.all<ViewRow>(
    `${SELECT} ${where} ORDER BY m.queuedAt DESC, m.id DESC LIMIT ?`,
    ...wanted.map(([, value]) => value),
    query.limit + 1,
  );
  const more = rows.length > query.limit;
  return { messages: complete(read, rows.slice(0, query.limit)), more };
}

function conditionsOf(query: ListQuery): [string, unknown][] {
  const { debtorId, messageBulkId, channel, states, waiting, before } = query;
  const shown = waiting ? (['queued', 'permitted'] as const) : states;
  const conditions: [string, unknown][] = [];
  if (debtorId !== undefined) conditions.push(['m.debtorId = ?', debtorId]);
  if (messageBulkId !== undefined) conditions.push(['m.bulkId = ?', messageBulkId]);
  if (channel !== undefined) conditions.push(['m.channel = ?', channel]);
  if (shown !== undefined && shown.length > 0)
    conditions.push(['m.state IN (SELECT value FROM json_each(?))', JSON.stringify(shown)]);
  if (before !== undefined) conditions.push(['m.queuedAt < ?', before]);
  return conditions;
}

/** Adds texts and attachments, with one statement for each. */
function complete(read: ReadDb, rows: readonly ViewRow[]): MessageView[] {
  const texts = loadTexts(
    read,
    rows.flatMap(({ interactionId }) => interactionId ?? []),
  );
  const attachments = loadAttachments(
    read,
    rows.map(({ messageId }) => messageId),
  );
  return rows.map(({ contentJson, gatewayJson, bulkId, hint, ...row }) => {
    const waiting = contentJson === null ? null : (JSON.parse(contentJson) as QueuedContent);
    const text = texts.get(row.interactionId ?? '') ?? waiting;
    return {
      ...row,
      hint: hint === 1,
      subject: text?.subject || null,
      text: text?.text ?? null,
      attachments: (attachments.get(row.messageId) ?? []).map(
        ({ messageId: _messageId, ...attachment }) => attachment,
      ),
      gatewayName: gatewayJson === null ? null : (JSON.parse(gatewayJson) as { name: string }).name,
      messageBulkId: bulkId,
    };
  });
}

function loadTexts(read: ReadDb, interactionIds: readonly string[]) {
  const rows = read.all<{ interactionId: string; kind: string; text: string }>(
    `SELECT interactionId, kind, text FROM interactionContent
     WHERE interactionId IN (SELECT value FROM json_each(?)) AND kind IN ('body', '${SUBJECT}')
       AND erasedAt IS NULL AND text IS NOT NULL`,
    JSON.stringify(interactionIds),
  );
  const texts = new Map<string, { text: string | null; subject: string | null }>();
  for (const { interactionId, kind, text } of rows) {
    const known = texts.get(interactionId) ?? { text: null, subject: null };
    if (kind === SUBJECT) known.subject = text;
    else known.text = text;
    texts.set(interactionId, known);
  }
  return texts;
}
