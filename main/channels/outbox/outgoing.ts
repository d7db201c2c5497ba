import type { GatewaySettings } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { InboxSink, MessageMedia } from '../ports.ts';
import type { OutgoingMedia, OutgoingMessage } from '../types.ts';
import type { MessageRow, QueuedContent } from './outbox-rows.ts';

/** A message with its contact taken, ready to be handed over. */
export interface ReadyMessage {
  row: Pick<
    MessageRow,
    | 'id'
    | 'debtorId'
    | 'channel'
    | 'toAddress'
    | 'sender'
    | 'threadId'
    | 'expiresAt'
    | 'bulkId'
    | 'language'
    | 'tries'
    | 'reservationId'
  >;
  content: QueuedContent;
  documentIds: readonly string[];
  /** epoch ms: when the door said yes */
  permittedAt: number;
  /** how far the log of changes was before it did */
  changesSeen: number;
}

export interface OutgoingParts {
  read: ReadDb;
  media: Pick<MessageMedia, 'read'>;
  inbox: Pick<InboxSink, 'replyHeaders'>;
}

/**
 * What its gateway gets.
 * @throws AppError `message.attachment-gone`
 */
export async function toOutgoing(
  { read, media, inbox }: OutgoingParts,
  { row, content, documentIds }: ReadyMessage,
  settings: GatewaySettings,
  now: number,
): Promise<OutgoingMessage> {
  const attached: OutgoingMedia[] = [];
  for (const documentId of documentIds) attached.push(await media.read(documentId));
  const answered =
    row.channel === 'email' && row.threadId !== null
      ? inbox.replyHeaders(read, row.threadId)
      : null;
  return {
    messageId: row.id,
    channel: row.channel,
    to: row.toAddress,
    sender: row.sender,
    text: content.text,
    subject: content.subject,
    html: content.html,
    media: attached,
    validityMs: validityMs(row.expiresAt, settings, now),
    inReplyTo: answered?.inReplyTo ?? null,
    references: answered?.references ?? [],
    language: row.language ?? 'en',
  };
}

const LEAST_VALIDITY_MS = 60_000;

/** The gateway tries no longer than the message is worth. */
function validityMs(expiresAt: number | null, settings: GatewaySettings, now: number): number {
  const most = settings.validityMinutes * 60_000;
  if (expiresAt === null) return most;
  return Math.max(LEAST_VALIDITY_MS, Math.min(most, expiresAt - now));
}
