import type { ReadReply } from '../../contact-rules/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { type ChangedMessages, noteDebtor } from './changed-messages.ts';
import type { OutboxDoor } from './door.ts';
import type { MessageRow } from './outbox-rows.ts';
import { keptDebtor } from './recipients.ts';

/** The code of adapters for what their provider refuses because the receiver has told it to. */
export const OPTED_OUT_THERE = 'gateway.opted-out-there';

/**
 * Whoever said STOP to the provider has said it to us: the medium is held as after a reply that we read, and the number
 * for everybody else who has it. Once for each message, so that a person may lift it.
 * @param words what the provider said, for people
 */
export function holdOptedOut(
  door: OutboxDoor,
  db: WriteDb,
  context: WriteContext,
  { debtorId: asked, contactPointId, channel, toAddress, interactionId }: MessageRow,
  words: string,
  changed: ChangedMessages,
): void {
  const debtorId = asked === null ? null : keptDebtor(db, asked);
  if (debtorId === null) return;
  const inMedium: ReadReply = {
    ...{ verdict: 'optOut', scope: 'medium', media: [channel], words, language: null },
  };
  door.applyOptOut(db, context, {
    ...{ debtorId, contactPointId, channel, reading: inMedium, interactionId },
  });
  noteDebtor(changed, debtorId);
  const others = db.all<{ debtorId: string; contactPointId: string }>(
    `SELECT p.debtorId, p.id AS contactPointId FROM contactPoint p JOIN debtor d ON d.id = p.debtorId
     WHERE p.value = ? AND p.debtorId <> ? AND p.deletedAt IS NULL AND d.deletedAt IS NULL`,
    toAddress,
    debtorId,
  );
  for (const other of others) {
    const reading: ReadReply = { ...inMedium, scope: 'address' };
    door.applyOptOut(db, context, { ...other, channel, reading, interactionId });
    noteDebtor(changed, other.debtorId);
  }
}
