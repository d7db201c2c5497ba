import type { MessageState } from '#shared/contract/index.ts';
import { setContactPointStatus } from '../../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { MessageDoor } from './door.ts';
import { type MessageEvent, transition } from './message-machine.ts';
import type { MessageRow } from './outbox-rows.ts';

/** What is known about a change besides that it happened. */
export interface Change {
  /** a code, for a translated text; null: nothing to say */
  reason?: string | null;
  /** in the other end's own words, or the rule's */
  detail?: string | null;
  hint?: boolean;
  /** epoch ms by the provider's clock */
  at?: number | null;
  /** of `queued` and `unknown`: when it is looked at next */
  nextAt?: number;
  parts?: number;
}

/** States that the history of the debtor tells; `queued` and `permitted` are on their way to them. */
const told: ReadonlySet<MessageState> = new Set<MessageState>([
  'sent',
  'delivered',
  'read',
  'failed',
  'expired',
  'unknown',
]);

/**
 * Moves a message and writes what its new state says: the row, the event of its interaction. `row` then stands as written.
 * @returns false when the event changes nothing
 */
export function moveMessage(
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
  event: MessageEvent,
  change: Change = {},
): boolean {
  const next = transition(row.state, event);
  if (next.kind !== 'moved') return false;
  const columns = columnsOf(row, next.state, change, context.now);
  db.update('message', row.id, columns);
  Object.assign(row, columns);
  if (row.interactionId !== null && told.has(next.state)) {
    const { reason = null, detail = null, hint = false } = change;
    db.insert('interactionEvent', {
      id: context.newId(),
      interactionId: row.interactionId,
      at: instantOf(change, context.now),
      kind: next.state,
      personId: null,
      dataJson: JSON.stringify({
        ...(reason === null ? {} : { reason }),
        ...(detail === null ? {} : { detail }),
        ...(hint ? { hint } : {}),
      }),
    });
  }
  return true;
}

/** Clocks of providers go ahead: nothing has happened before we heard of it. */
function instantOf({ at = null }: Change, now: number): number {
  return at === null || !Number.isFinite(at) ? now : Math.min(at, now);
}

function columnsOf(row: MessageRow, state: MessageState, change: Change, now: number) {
  const { reason = null, detail = null, hint = false, nextAt = null, parts } = change;
  const at = instantOf(change, now);
  const common = { state, reason, detail: detail?.slice(0, 500) ?? null };
  switch (state) {
    case 'permitted':
      return { ...common, permittedAt: now, nextAt: now };
    case 'queued':
      return { ...common, nextAt: nextAt ?? now, finishedAt: null };
    case 'unknown':
      return { ...common, nextAt: nextAt ?? now };
    case 'sent':
      return {
        ...common,
        sentAt: row.sentAt ?? at,
        nextAt: null,
        finishedAt: null,
        ...(parts === undefined ? {} : { parts }),
      };
    case 'delivered':
      return {
        ...common,
        hint: hint ? 1 : 0,
        sentAt: row.sentAt ?? at,
        deliveredAt: at,
        nextAt: null,
        finishedAt: null,
      };
    case 'read':
      return {
        ...common,
        hint: hint ? 1 : 0,
        sentAt: row.sentAt ?? at,
        deliveredAt: row.deliveredAt ?? at,
        readAt: at,
        nextAt: null,
        finishedAt: now,
      };
    default:
      return { ...common, hint: hint ? 1 : 0, nextAt: null, finishedAt: now };
  }
}

/** The contact counts for good: the gateway has the message, or may have it. Harmless when repeated. */
export function countContact(
  door: MessageDoor,
  db: WriteDb,
  context: WriteContext,
  row: Pick<MessageRow, 'reservationId'>,
): void {
  if (row.reservationId !== null) door.markUsed(db, context, row.reservationId);
}

/** The contact never was: it is given back, unless it counts already. */
export function giveBackContact(
  door: MessageDoor,
  db: WriteDb,
  context: WriteContext,
  row: Pick<MessageRow, 'reservationId'>,
): void {
  if (row.reservationId === null) return;
  const held = db.get<{ reservation: string | null }>(
    'SELECT reservation FROM contactEvent WHERE id = ?',
    row.reservationId,
  );
  if (held?.reservation === 'held') door.release(db, context, row.reservationId);
}

/** An address that does not exist is not tried again; what it was stays visible in the history. */
export function markBadAddress(
  db: WriteDb,
  context: WriteContext,
  { contactPointId, toAddress }: Pick<MessageRow, 'contactPointId' | 'toAddress'>,
): string | null {
  if (contactPointId === null) return null;
  const point = db.get<{ status: string; value: string }>(
    'SELECT status, value FROM contactPoint WHERE id = ? AND deletedAt IS NULL',
    contactPointId,
  );
  // one that was corrected since is another address
  if (point?.status !== 'active' || point.value !== toAddress) return null;
  return setContactPointStatus(db, context, { contactPointId, status: 'dead', personId: null })
    .debtorId;
}

/** What went with it was sent, as a letter is when somebody posts it. */
export function markDocumentsSent(db: WriteDb, context: WriteContext, row: MessageRow): void {
  const documents = db.all<{ id: string }>(
    `SELECT d.id FROM messageAttachment a JOIN document d ON d.id = a.documentId
     WHERE a.messageId = ? AND d.sentAt IS NULL AND d.deletedAt IS NULL`,
    row.id,
  );
  for (const { id } of documents) {
    db.update('document', id, {
      sentAt: context.now,
      sentBy: row.personId,
      sentHow: row.channel,
      interactionId: row.interactionId,
    });
  }
}
