import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { ReadReply } from '../../contact-rules/index.ts';
import { upsertContactPoint } from '../../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { MessageChannel } from '../types.ts';
import { applyReply } from './apply-reply.ts';
import { asksForRest, endUnmatchedHold, holdUnmatched } from './hold-unmatched.ts';
import type { InboxDoor } from './inbox-door.ts';
import { pointOf } from './match-incoming.ts';
import { recordContact } from './record-contact.ts';
import {
  receiveInThread,
  requireThread,
  settleThread,
  type ThreadRow,
  threadOfDebtor,
  withChannel,
} from './thread-rows.ts';

interface InboundRow {
  id: string;
  interactionId: string;
  debtorId: string | null;
  channel: MessageChannel;
  fromAddress: string;
  at: number;
  automatic: number;
  optOutJson: string | null;
}

const COLUMNS = 'id, interactionId, debtorId, channel, fromAddress, at, automatic, optOutJson';

export interface MatchThread {
  inboxThreadId: string;
  debtorId: string;
  addContactPoint: boolean;
  personId: string;
}

/**
 * Everything of a thread becomes a debtor's: history, papers, contacts as rules count them, and what its messages ask for.
 * @returns the thread that it is in now: the debtor's own when there is one
 * @throws AppError `contract.not-found`, `inbox.already-matched`
 */
export function matchThread(
  door: InboxDoor,
  db: WriteDb,
  context: WriteContext,
  { inboxThreadId, debtorId, addContactPoint, personId }: MatchThread,
): { inboxThreadId: string } {
  const thread = requireThread(db, inboxThreadId);
  if (thread.debtorId !== null) {
    throw new AppError('inbox.already-matched', 'this thread is a debtor’s already', {
      details: { debtorId: thread.debtorId },
    });
  }
  const { debtorId: ownerId, timeZonesJson } = requireDebtor(db, debtorId);
  const peer = thread.peer ?? '';
  const messages = db.all<InboundRow>(
    `SELECT ${COLUMNS} FROM inboundMessage WHERE threadId = ? ORDER BY at, id`,
    inboxThreadId,
  );
  if (addContactPoint) addPoint(db, context, ownerId, messages, timeZonesJson);
  for (const message of messages) giveTo(door, db, context, message, ownerId);
  giveMissedCalls(db, peer, ownerId);
  endUnmatchedHold(db, peer);
  const kept = joinThread(db, thread, ownerId, messages);
  const details = { inboxThreadId, debtorId: ownerId, messages: messages.length };
  insertAuditEntry(db, context, { action: 'inbox.matched', personId, details });
  return { inboxThreadId: kept };
}

/** The one that a merge kept. */
function requireDebtor(db: WriteDb, id: string): { debtorId: string; timeZonesJson: string } {
  const row = db.get<{ debtorId: string; timeZonesJson: string }>(
    `SELECT d.id AS debtorId, d.timeZonesJson FROM debtor d
     WHERE d.id = coalesce((SELECT m.mergedInto FROM debtor m WHERE m.id = ?), ?)
       AND d.deletedAt IS NULL AND d.erasedAt IS NULL`,
    id,
    id,
  );
  if (!row) throw new AppError('contract.not-found', 'no such debtor');
  return row;
}

function addPoint(
  db: WriteDb,
  context: WriteContext,
  debtorId: string,
  messages: readonly InboundRow[],
  timeZonesJson: string,
): void {
  const [first] = messages;
  // a sender's name, or a short number, is no number that can be called
  if (first === undefined || !isAddress(first)) return;
  upsertContactPoint(db, context, {
    ...{ debtorId, kind: first.channel === 'email' ? 'email' : 'mobile' },
    ...{ value: first.fromAddress, timeZones: JSON.parse(timeZonesJson) as string[] },
  });
}

function isAddress({ channel, fromAddress }: InboundRow): boolean {
  return channel === 'email' ? fromAddress.includes('@') : /^\+[1-9]\d{6,14}$/.test(fromAddress);
}

function giveTo(
  door: InboxDoor,
  db: WriteDb,
  context: WriteContext,
  message: InboundRow,
  debtorId: string,
): void {
  const { id, interactionId, channel, fromAddress, automatic, optOutJson } = message;
  const contactPointId = pointOf(db, debtorId, fromAddress);
  db.update('inboundMessage', id, { debtorId, matchedBy: 'person' });
  moveHistory(db, message, { debtorId, personKey: debtorId });
  // of an address that was nobody's there was nothing to move
  if (automatic === 0)
    recordContact(door, db, context, { ...message, from: fromAddress }, debtorId);
  const reading = optOutJson === null ? null : (JSON.parse(optOutJson) as ReadReply);
  if (automatic === 1 || !asksForRest(reading)) return;
  const match = { debtorId, contactPointId };
  applyReply(door, db, context, { match, channel, from: fromAddress, reading, interactionId });
}

/** Head, papers and contact of one message. */
function moveHistory(
  db: WriteDb,
  { id, interactionId }: InboundRow,
  to: { debtorId: string | null; personKey: string },
): void {
  db.update('interaction', interactionId, { debtorId: to.debtorId });
  const papers = db.all<{ id: string }>(
    "SELECT id FROM document WHERE interactionId = ? AND kind = 'received'",
    interactionId,
  );
  for (const paper of papers) db.update('document', paper.id, { debtorId: to.debtorId ?? '' });
  const events = db.all<{ id: string }>('SELECT id FROM contactEvent WHERE callId = ?', id);
  for (const event of events) db.update('contactEvent', event.id, { debtorId: to.personKey });
}

function giveMissedCalls(db: WriteDb, number: string, debtorId: string): void {
  const calls = db.all<{ id: string; interactionId: string | null }>(
    `SELECT id, interactionId FROM missedInbound
     WHERE resolvedAt IS NULL AND number = ? AND debtorId IS NULL AND deletedAt IS NULL`,
    number,
  );
  for (const { id, interactionId } of calls) {
    db.update('missedInbound', id, { debtorId });
    if (interactionId !== null) db.update('interaction', interactionId, { debtorId });
  }
}

/** One thread for each debtor: messages go to the one that is there. */
function joinThread(
  db: WriteDb,
  thread: ThreadRow,
  debtorId: string,
  messages: readonly InboundRow[],
): string {
  const own = threadOfDebtor(db, debtorId);
  if (own === null) {
    db.update('inboxThread', thread.id, { debtorId });
    return thread.id;
  }
  for (const { id } of messages) db.update('inboundMessage', id, { threadId: own.id });
  const wakes = thread.state === 'open' && thread.unread > 0;
  db.update('inboxThread', own.id, {
    lastAt: Math.max(own.lastAt, thread.lastAt),
    lastInAt: Math.max(own.lastInAt ?? 0, thread.lastInAt ?? 0),
    unread: own.unread + thread.unread,
    channels: thread.channels.split(' ').filter(Boolean).reduce(withChannel, own.channels),
    ...(wakes ? { state: 'open', snoozedUntil: null } : {}),
  });
  db.remove('inboxThread', thread.id);
  return own.id;
}

/**
 * One message goes back to those that are nobody's. What it asked for stays set for the debtor, until a person lifts it,
 * and holds the number besides.
 * @returns the thread that it is in now
 * @throws AppError `contract.not-found`, `inbox.not-matched`
 */
export function unmatchMessage(
  db: WriteDb,
  context: WriteContext,
  input: { inboxThreadId: string; interactionId: string; personId: string },
): { inboxThreadId: string; debtorId: string } {
  const thread = requireThread(db, input.inboxThreadId);
  const message = db.get<InboundRow>(
    `SELECT ${COLUMNS} FROM inboundMessage WHERE interactionId = ? AND threadId = ?`,
    input.interactionId,
    thread.id,
  );
  if (!message) throw new AppError('contract.not-found', 'no such message in this thread');
  const { debtorId } = message;
  if (debtorId === null) throw new AppError('inbox.not-matched', 'this message is nobody’s');
  const { channel, fromAddress: peer, at, optOutJson } = message;
  const arrival = { debtorId: null, peer, channel, at, automatic: message.automatic === 1 };
  const inboxThreadId = receiveInThread(db, context, arrival);
  db.update('inboundMessage', message.id, {
    ...{ debtorId: null, matchedBy: null, threadId: inboxThreadId, inReplyTo: null },
  });
  const personKey = channel === 'email' ? '' : `number:${peer}`;
  moveHistory(db, message, { debtorId: null, personKey });
  settleThread(db, thread);
  const reading = optOutJson === null ? null : (JSON.parse(optOutJson) as ReadReply);
  if (message.automatic === 0 && asksForRest(reading)) holdUnmatched(db, context, peer);
  const { personId, interactionId } = input;
  const details = { inboxThreadId, debtorId, interactionId };
  insertAuditEntry(db, context, { action: 'inbox.unmatched', personId, details });
  return { inboxThreadId, debtorId };
}
