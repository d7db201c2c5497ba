import { addInteractionContent, insertInteraction } from '../../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { applyReply } from './apply-reply.ts';
import type { ArrivedMessage, KeptPart, TakeArrived, Taken, TakenMessage } from './arrived.ts';
import { asksForRest, holdUnmatched } from './hold-unmatched.ts';
import type { InboxDoor } from './inbox-door.ts';
import { type Match, matchIncoming } from './match-incoming.ts';
import { recordContact } from './record-contact.ts';
import { receiveInThread } from './thread-rows.ts';

/** A snippet is what a list shows of a message. */
const SNIPPET_LENGTH = 140;

/**
 * Writes what came by one gateway: each message once, with its place in the history, its thread, what it asks for. All in
 * one transaction, so that the gateway may be told that we have it.
 */
export function takeArrived(
  door: InboxDoor,
  db: WriteDb,
  context: WriteContext,
  { gatewayId, messages, parts }: TakeArrived,
): Taken {
  const taken: Taken = { messages: [], unusedFiles: [] };
  for (const message of messages) {
    if (isKnown(db, gatewayId, message.sourceKey)) {
      taken.unusedFiles.push(...message.files.map(({ fileName }) => fileName));
    } else taken.messages.push(takeOne(door, db, context, gatewayId, message));
  }
  for (const part of parts) keepPart(db, context, gatewayId, part);
  return taken;
}

function isKnown(db: WriteDb, gatewayId: string, sourceKey: string): boolean {
  const sql = 'SELECT 1 FROM inboundMessage WHERE gatewayId = ? AND sourceKey = ?';
  return db.get(sql, gatewayId, sourceKey) !== undefined;
}

function takeOne(
  door: InboxDoor,
  db: WriteDb,
  context: WriteContext,
  gatewayId: string,
  message: ArrivedMessage,
): TakenMessage {
  const { channel, from, automatic, reading } = message;
  // clocks of providers go ahead: nothing came before we heard of it
  const at = Math.min(message.at ?? context.now, context.now);
  const match = matchIncoming(db, { ...message, gatewayId }, context.now);
  const debtorId = match?.debtorId ?? null;
  const interactionId = writeHistory(db, context, message, match, at);
  const inboxThreadId = receiveInThread(db, context, {
    debtorId,
    peer: from,
    channel,
    at,
    automatic,
  });
  const id = context.newId();
  db.insert('inboundMessage', {
    ...{ id, threadId: inboxThreadId, interactionId, debtorId, channel, gatewayId },
    ...{ fromAddress: from, toAddress: message.to, sourceKey: message.sourceKey, at },
    ...{
      receivedAt: context.now,
      matchedBy: match?.by ?? null,
      inReplyTo: match?.messageId ?? null,
    },
    ...{ headerId: message.headerId, referencesJson: JSON.stringify(message.references) },
    automatic,
    optOutJson: asksForRest(reading) ? JSON.stringify(reading) : null,
  });
  // a machine that answers is no contact by the debtor
  if (!automatic)
    recordContact(door, db, context, { id, channel, from, at }, match?.debtorId ?? null);
  if (!automatic && asksForRest(reading)) {
    if (match === null) holdUnmatched(db, context, from);
    else applyReply(door, db, context, { match, channel, from, reading, interactionId });
  }
  const displayName = nameOf(db, debtorId);
  const snippet = snippetOf(message);
  return { inboxThreadId, debtorId, interactionId, channel, at, displayName, snippet };
}

function writeHistory(
  db: WriteDb,
  context: WriteContext,
  message: ArrivedMessage,
  match: Match | null,
  at: number,
): string {
  const debtorId = match?.debtorId ?? null;
  const debtor =
    debtorId === null
      ? undefined
      : db.get<{ synthetic: number }>('SELECT synthetic FROM debtor WHERE id = ?', debtorId);
  const interactionId = insertInteraction(db, context, {
    ...{ debtorId, channel: message.channel, direction: 'in', at, peer: message.from },
    ...{ contactPointId: match?.contactPointId ?? null, debtId: match?.debtId ?? null },
    synthetic: debtor?.synthetic === 1,
  });
  if (message.text) addInteractionContent(db, context, interactionId, 'body', message.text);
  for (const [kind, text] of [
    ['subject', message.subject],
    ['html', message.html],
  ] as const) {
    if (text) db.insert('interactionContent', { id: context.newId(), interactionId, kind, text });
  }
  for (const file of message.files) {
    db.insert('document', {
      ...{
        id: context.newId(),
        debtorId: debtorId ?? '',
        interactionId,
        kind: 'received',
        ...file,
      },
      ...{ createdAt: context.now, sentAt: at },
    });
  }
  return interactionId;
}

/** What is left of a part that was put together is its name, so that it is known when it comes again. */
function keepPart(db: WriteDb, context: WriteContext, gatewayId: string, part: KeptPart): void {
  const { groupKey, part: number, total, sourceKey, event } = part;
  db.run(
    `INSERT INTO inboundPart (gatewayId, groupKey, part, total, at, eventJson) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (gatewayId, groupKey, part) DO UPDATE SET total = excluded.total, at = excluded.at,
       eventJson = excluded.eventJson`,
    ...[gatewayId, groupKey, number, total, context.now],
    JSON.stringify({ ...event, sourceKey }),
  );
}

export function nameOf(db: Pick<WriteDb, 'get'>, debtorId: string | null): string | null {
  if (debtorId === null) return null;
  const sql = 'SELECT displayName FROM debtor WHERE id = ?';
  return db.get<{ displayName: string }>(sql, debtorId)?.displayName ?? null;
}

/** The beginning of a text, in one line. */
export function snippetOf({
  text,
  subject,
}: {
  text: string | null;
  subject: string | null;
}): string {
  const words = (text || subject || '').replaceAll(/\s+/g, ' ').trim();
  return words.length <= SNIPPET_LENGTH ? words : `${words.slice(0, SNIPPET_LENGTH - 1)}…`;
}
