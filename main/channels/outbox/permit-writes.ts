import type { Decision, Refusal } from '../../contact-rules/types.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { KeptMedia } from '../ports.ts';
import { contactRequest } from './contact-request.ts';
import type { MessageDoor } from './door.ts';
import { giveBackContact, moveMessage } from './move-message.ts';
import { loadMessages, type MessageRow, type QueuedContent } from './outbox-rows.ts';
import { keepReveal, writeAttachments } from './queue-writes.ts';
import { hasOneOfBulk, isStillTheirs, ofRunningBulks } from './still-meant.ts';
import { writeInteraction } from './write-content.ts';

export interface PermitItem {
  messageId: string;
  /** what was filled in for it just now; null: what stands in its row */
  filled: {
    content: QueuedContent;
    language: string;
    sender: string | null;
    parts: number | null;
    attachments: readonly KeptMedia[];
    documentLink: { id: string; documentId: string; expiresAt: number } | null;
  } | null;
}

export interface PermitMessages {
  gatewayId: string;
  items: readonly PermitItem[];
  clockSuspect: boolean;
}

/** The contact that was taken; null: not allowed now. Those that are missing do not wait for this gateway any more. */
export type PermitReply = { messageId: string; reservationId: string | null }[];

/** What the door says when the fault is ours, and passes. */
const passing: ReadonlySet<string> = new Set(['clock', 'no-pack']);
const LOOK_AGAIN_MS = 60_000;

/**
 * Asks the door for messages that are to be handed over now, in one transaction: what waits with its contact taken is asked
 * about again, the others take theirs. Allowed ones are `permitted` and told in the history; refused ones wait for the
 * instant that rules name, or fail with what refused them.
 */
export function permitMessages(
  door: MessageDoor,
  db: WriteDb,
  context: WriteContext,
  { gatewayId, items, clockSuspect }: PermitMessages,
): PermitReply {
  const rows = loadMessages(
    db,
    items.map(({ messageId }) => messageId),
  );
  const queued = items.flatMap((item) => {
    const row = rows.get(item.messageId);
    return row?.state === 'queued' && row.gatewayId === gatewayId ? [{ item, row }] : [];
  });
  const toTheirs = new Set<string>();
  const [waiting, ended]: [typeof queued, PermitReply] = [[], []];
  for (const one of ofRunningBulks(db, queued)) {
    if (endUnmeant(door, db, context, one.row, toTheirs))
      ended.push({ messageId: one.row.id, reservationId: null });
    else waiting.push(one);
  }
  const fresh = waiting.filter(({ row }) => row.reservationId === null);
  const requests = fresh.map(({ row }) => contactRequest(row));
  const taken = door.reserveMany(db, context, requests, { clockSuspect });
  const decisions = new Map<MessageRow, Decision & { reservationId?: string | null }>();
  fresh.forEach(({ row }, index) => {
    const reservation = taken[index];
    if (reservation) decisions.set(row, reservation);
  });
  const asked = waiting.map(({ item, row }) => {
    const { reservationId } = row;
    const decision =
      decisions.get(row) ?? door.recheck(db, reservationId ?? '', context.now, clockSuspect);
    if (!decision.allowed) {
      refuse(door, db, context, row, decision);
      return { messageId: row.id, reservationId: null };
    }
    const reservation = decisions.get(row) ?? null;
    permit(db, context, row, item, reservation);
    return { messageId: row.id, reservationId: reservation?.reservationId ?? reservationId };
  });
  return [...ended, ...asked];
}

/**
 * What is not meant any more ends before the door is asked: its address is not the debtor's now, or the debtor has one of
 * the same message to many already.
 * @param toTheirs debtors of bulks that were seen in this transaction
 */
function endUnmeant(
  door: MessageDoor,
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
  toTheirs: Set<string>,
): boolean {
  const key = `${row.bulkId} ${row.debtorId}`;
  const isDouble = row.bulkId !== null && (toTheirs.has(key) || hasOneOfBulk(db, row));
  if (!isDouble && isStillTheirs(db, row)) {
    toTheirs.add(key);
    return false;
  }
  if (isDouble) moveMessage(db, context, row, 'cancel');
  else moveMessage(db, context, row, 'reject', { reason: 'message.no-recipient' });
  giveBackContact(door, db, context, row);
  return true;
}

function permit(
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
  { messageId, filled }: PermitItem,
  reservation: { reservationId?: string | null; decisionId: string } | null,
): void {
  const content = filled?.content ?? (JSON.parse(row.contentJson ?? 'null') as QueuedContent);
  if (filled !== null) {
    Object.assign(row, { sender: filled.sender });
    writeAttachments(db, context, { ...filled, messageId, debtorId: row.debtorId });
  }
  const interactionId = row.interactionId ?? writeInteraction(db, context, row, content);
  if (row.interactionId === null && content.revealReason !== undefined)
    keepReveal(db, context, { interactionId, personId: row.personId }, content.revealReason);
  const columns = {
    state: 'permitted',
    permittedAt: context.now,
    nextAt: context.now,
    reason: null,
    detail: null,
    interactionId,
    contentJson: null,
    ...(filled === null
      ? {}
      : { language: filled.language, sender: filled.sender, parts: filled.parts }),
    ...(reservation === null
      ? {}
      : { reservationId: reservation.reservationId ?? null, decisionId: reservation.decisionId }),
  };
  db.update('message', row.id, columns);
}

/** It waits for the instant that rules name, when that comes before its time is over. */
export function refuse(
  door: MessageDoor,
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
  decision: Pick<Decision, 'blockedBy' | 'nextAllowedAt'>,
): void {
  giveBackContact(door, db, context, row);
  if (row.reservationId !== null) {
    db.update('message', row.id, { reservationId: null });
    row.reservationId = null;
  }
  const change = { reason: 'contact-rules.refused', detail: becauseOf(decision.blockedBy) };
  const isOurFault = passes(decision);
  const nextAt = isOurFault ? context.now + LOOK_AGAIN_MS : decision.nextAllowedAt;
  // what is our fault ends nothing: it expires when its time is over, by a clock that is right
  const isInTime =
    nextAt !== null && (isOurFault || row.expiresAt === null || nextAt < row.expiresAt);
  if (isInTime) moveMessage(db, context, row, 'postpone', { ...change, nextAt });
  else moveMessage(db, context, row, 'reject', change);
}

function passes({ blockedBy }: Pick<Decision, 'blockedBy'>): boolean {
  return blockedBy.length > 0 && blockedBy.every(({ because }) => passing.has(because));
}

/** The rule that holds longest, by its kind. */
function becauseOf(blockedBy: readonly Refusal[]): string | null {
  const [first] = blockedBy;
  return first === undefined ? null : first.because;
}
