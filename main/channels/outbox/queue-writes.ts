import { AppError } from '#shared/errors/index.ts';
import type { Decision } from '../../contact-rules/types.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { KeptMedia, ThreadTrace } from '../ports.ts';
import { contactRequest } from './contact-request.ts';
import type { MessageDoor } from './door.ts';
import { transition } from './message-machine.ts';
import { giveBackContact, moveMessage } from './move-message.ts';
import { findMessage, type MessageRow, type QueuedContent } from './outbox-rows.ts';
import { writeInteraction } from './write-content.ts';

/** A message by hand, whole. */
export interface QueueMessage
  extends Pick<
    MessageRow,
    | 'channel'
    | 'debtId'
    | 'contactPointId'
    | 'toAddress'
    | 'sender'
    | 'templateId'
    | 'templateVersion'
    | 'language'
    | 'purpose'
    | 'callId'
    | 'threadId'
    | 'dueAt'
    | 'parts'
  > {
  messageId: string;
  debtorId: string;
  gatewayId: string;
  personId: string;
  content: QueuedContent;
  attachments: readonly KeptMedia[];
  /** of the first attachment, which the text names by an address; the id is the digest of its token */
  documentLink: { id: string; documentId: string; expiresAt: number } | null;
  expiresAt: number;
  /** its gateway takes it at once; else it waits with its contact taken */
  leavesNow: boolean;
  /** why it goes out although who is on the line was not identified */
  revealReason: string | null;
  clockSuspect: boolean;
}

export type QueueReply =
  | { ok: true; messageId: string; state: 'queued' | 'permitted'; reservationId: string | null }
  | { ok: false; decision: Decision };

/**
 * One transaction: asks the door and takes the contact when the message is due, and writes it. What leaves at once is
 * already `permitted`: whoever called hands it over after the commit. A refusal is kept, and nothing else is.
 */
export function queueMessage(
  { door, threads }: { door: MessageDoor; threads: ThreadTrace },
  db: WriteDb,
  context: WriteContext,
  input: QueueMessage,
): QueueReply {
  assertGatewayIsThere(db, input.gatewayId);
  const threadId = ownThread(db, input);
  const row = { ...newRow(input, context.now), threadId };
  const isDue = input.dueAt <= context.now;
  let decisionId: string | null = null;
  if (isDue) {
    const { clockSuspect } = input;
    const [taken] = door.reserveMany(db, context, [contactRequest(row)], { clockSuspect });
    if (!taken?.reservationId) return { ok: false, decision: taken as Decision };
    row.reservationId = taken.reservationId;
    decisionId = taken.decisionId;
  }
  const leaves = isDue && input.leavesNow;
  if (leaves) {
    row.interactionId = writeInteraction(db, context, row, input.content);
    Object.assign(row, { state: 'permitted', permittedAt: context.now, nextAt: context.now });
  } else {
    const { content, revealReason } = input;
    row.contentJson = JSON.stringify(
      revealReason === null ? content : { ...content, revealReason },
    );
  }
  db.insert('message', { ...row, decisionId });
  writeAttachments(db, context, input);
  if (input.revealReason !== null) keepReveal(db, context, row, input.revealReason);
  const { debtorId } = input;
  threads.outgoing(db, context, { threadId, debtorId, at: context.now });
  const { reservationId } = row;
  return { ok: true, messageId: row.id, state: leaves ? 'permitted' : 'queued', reservationId };
}

/** A mail that answers one of somebody else's would carry its names, and stand under it. */
function ownThread(db: WriteDb, { threadId, debtorId }: QueueMessage): string | null {
  if (threadId === null) return null;
  const sql = 'SELECT 1 FROM inboxThread WHERE id = ? AND debtorId = ? AND deletedAt IS NULL';
  return db.get(sql, threadId, debtorId) === undefined ? null : threadId;
}

/**
 * It may have been removed since it was chosen, and what waited for it has been moved already: this one would wait for ever.
 * @throws AppError `message.no-gateway`
 */
function assertGatewayIsThere(db: WriteDb, gatewayId: string): void {
  const row = db.get('SELECT 1 FROM gateway WHERE id = ? AND deletedAt IS NULL', gatewayId);
  if (row === undefined) throw new AppError('message.no-gateway', 'its gateway was removed');
}

function newRow(input: QueueMessage, now: number): MessageRow {
  const {
    messageId,
    content: _content,
    attachments: _attachments,
    documentLink: _link,
    leavesNow: _leavesNow,
    revealReason: _reason,
    clockSuspect: _suspect,
    ...columns
  } = input;
  return {
    ...columns,
    id: messageId,
    bulkId: null,
    campaignId: null,
    contentJson: null,
    state: 'queued',
    tries: 0,
    nextAt: input.dueAt,
    reservationId: null,
    interactionId: null,
    queuedAt: now,
    permittedAt: null,
    sentAt: null,
    deliveredAt: null,
    finishedAt: null,
  };
}

/** Also of messages to many, when they are handed over. */
export function writeAttachments(
  db: WriteDb,
  context: WriteContext,
  {
    messageId,
    debtorId,
    attachments,
    documentLink,
  }: Pick<QueueMessage, 'messageId' | 'attachments' | 'documentLink'> & { debtorId: string | null },
): void {
  attachments.forEach((attachment, position) => {
    db.insert('messageAttachment', {
      id: context.newId(),
      messageId,
      debtorId,
      ...attachment,
      position,
    });
  });
  if (documentLink === null) return;
  db.insert('documentLink', { ...documentLink, messageId, debtorId, createdAt: context.now });
}

/** In the history, where a reveal in the call stands too. */
export function keepReveal(
  db: WriteDb,
  context: WriteContext,
  row: Pick<MessageRow, 'interactionId' | 'personId'>,
  reason: string,
): void {
  if (row.interactionId === null) return;
  db.insert('interactionEvent', {
    id: context.newId(),
    interactionId: row.interactionId,
    at: context.now,
    kind: 'revealed',
    personId: row.personId,
    dataJson: JSON.stringify({ reason }),
  });
}

/** @throws AppError `contract.not-found`, `message.already-left` */
export function cancelMessage(
  door: MessageDoor,
  db: WriteDb,
  context: WriteContext,
  { messageId }: { messageId: string },
): void {
  const row = findMessage(db, messageId);
  if (row === null) throw new AppError('contract.not-found', 'no such message');
  const next = transition(row.state, 'cancel');
  if (next.kind === 'refused') throw new AppError(next.code, `this message is ${row.state}`);
  moveMessage(db, context, row, 'cancel');
  giveBackContact(door, db, context, row);
}
