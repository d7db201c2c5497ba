import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { Receipt } from '../types.ts';
import { type ChangedMessages, noteChange, nothingChanged } from './changed-messages.ts';
import type { MessageDoor, OutboxDoor } from './door.ts';
import { endWithBulk } from './end-with-bulk.ts';
import { countContact, giveBackContact, moveMessage } from './move-message.ts';
import { loadMessages, type MessageRow } from './outbox-rows.ts';
import { takeReceipt } from './receipt-writes.ts';

const MOST_AT_ONCE = 500;
/** A receipt that named no message of ours for so long never will. */
const STRAYS_KEPT_MS = 7 * 86_400_000;

/**
 * What a dead run was handing over may have left: nobody knows, and it is asked about.
 * @returns how many; call it until there are none
 */
export function recoverMessages(
  door: MessageDoor,
  db: WriteDb,
  context: WriteContext,
  { nextAt }: { nextAt: number },
): number {
  const ids = db.all<{ id: string }>(
    `SELECT id FROM message WHERE state = 'permitted' AND nextAt IS NOT NULL LIMIT ${MOST_AT_ONCE}`,
  );
  const rows = loadMessages(
    db,
    ids.map(({ id }) => id),
  );
  for (const row of rows.values()) {
    countContact(door, db, context, row);
    moveMessage(db, context, row, 'lose', { reason: 'message.engine-stopped', nextAt });
  }
  return rows.size;
}

export interface QueryAnswer {
  messageId: string;
  gatewayId: string;
  answer: Receipt | 'notTaken' | null;
  /** of `null`: when to ask again; null: never, it stays unknown and says so */
  nextAt: number | null;
  /** of the try that was asked about: what is said of an earlier one says nothing of the next */
  permittedAt: number | null;
  /** nobody could be asked: that counts as no question */
  wasAsked: boolean;
}

/** What a gateway said of a message whose fate was unknown. */
export function writeAnswer(
  door: OutboxDoor,
  db: WriteDb,
  context: WriteContext,
  { messageId, gatewayId, answer, nextAt, permittedAt, wasAsked }: QueryAnswer,
): ChangedMessages {
  const changed = nothingChanged();
  const row = loadMessages(db, [messageId]).get(messageId);
  if (!row) return changed;
  if (answer === 'notTaken') {
    if (row.permittedAt !== permittedAt || row.gatewayId !== gatewayId) return changed;
    if (!moveMessage(db, context, row, 'notTaken', { nextAt: context.now })) return changed;
    endWithBulk(door, db, context, row);
    noteChange(changed, row);
  } else if (answer !== null) {
    if (takeReceipt(door, db, context, row, { gatewayId, receipt: answer }, changed))
      noteChange(changed, row);
  } else if (row.state === 'unknown') {
    db.update('message', row.id, {
      nextAt,
      ...(wasAsked ? { tries: row.tries + 1 } : {}),
      ...(nextAt === null ? { reason: 'message.fate-unknown', finishedAt: context.now } : {}),
    });
    if (nextAt === null) noteChange(changed, row);
  }
  return changed;
}

/**
 * Messages of one gateway whose time is over before anybody took them; receipts of nothing go too.
 * @returns what changed; call it until nothing does
 */
export function expireMessages(
  door: MessageDoor,
  db: WriteDb,
  context: WriteContext,
  { messageIds }: { messageIds: readonly string[] },
): ChangedMessages {
  const changed = nothingChanged();
  for (const row of loadMessages(db, messageIds).values()) {
    if (row.expiresAt === null || row.expiresAt > context.now) continue;
    if (!moveMessage(db, context, row, 'expire', { reason: 'message.expired' })) continue;
    giveBackContact(door, db, context, row);
    noteChange(changed, row);
  }
  db.run('DELETE FROM strayReceipt WHERE at < ?', context.now - STRAYS_KEPT_MS);
  return changed;
}

/** What never can be handed over as it is: its text has a field without a value, or rules refuse what it says. */
export function rejectMessages(
  door: MessageDoor,
  db: WriteDb,
  context: WriteContext,
  {
    messages,
  }: { messages: readonly { messageId: string; reason: string; detail: string | null }[] },
): ChangedMessages {
  const changed = nothingChanged();
  const rows = loadMessages(
    db,
    messages.map(({ messageId }) => messageId),
  );
  for (const { messageId, reason, detail } of messages) {
    const row = rows.get(messageId);
    if (row?.state !== 'queued') continue;
    moveMessage(db, context, row, 'reject', { reason, detail });
    giveBackContact(door, db, context, row);
    noteChange(changed, row);
  }
  return changed;
}

/**
 * What waits for a gateway that is gone goes to another one, or fails.
 * @param to null: there is none
 * @returns how many; call it until there are none
 */
export function moveQueue(
  door: MessageDoor,
  db: WriteDb,
  context: WriteContext,
  { from, to }: { from: string; to: Readonly<Partial<Record<string, string>>> },
): ChangedMessages & { count: number } {
  const changed = nothingChanged();
  const rows = db.all<{ id: string }>(
    `SELECT id FROM message WHERE gatewayId = ? AND state = 'queued' AND nextAt IS NOT NULL
     LIMIT ${MOST_AT_ONCE}`,
    from,
  );
  const loaded = loadMessages(
    db,
    rows.map(({ id }) => id),
  );
  for (const row of loaded.values())
    moveRow(door, db, context, row, to[row.channel] ?? null, changed);
  return { ...changed, count: loaded.size };
}

function moveRow(
  door: MessageDoor,
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
  gatewayId: string | null,
  changed: ChangedMessages,
): void {
  noteChange(changed, row);
  if (gatewayId !== null) {
    // a name that this gateway may not show is not taken along
    db.update('message', row.id, { gatewayId, sender: null });
    return;
  }
  moveMessage(db, context, row, 'reject', { reason: 'message.no-gateway' });
  giveBackContact(door, db, context, row);
}
