import type { ReadReply } from '../../contact-rules/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { MessageChannel } from '../types.ts';
import type { InboxDoor } from './inbox-door.ts';

export interface ReplyOfDebtor {
  match: { debtorId: string; contactPointId: string | null };
  channel: MessageChannel;
  /** the number or address that it came from */
  from: string;
  reading: ReadReply;
  interactionId: string;
}

/**
 * What a reply asks for acts at once: for its debtor as it was said; for others who have the same number or address it is
 * not used any more, since whoever has it in hand wants to be left alone.
 */
export function applyReply(
  door: InboxDoor,
  db: WriteDb,
  context: WriteContext,
  { match, channel, from, reading, interactionId }: ReplyOfDebtor,
): void {
  const { debtorId, contactPointId } = match;
  door.applyOptOut(db, context, { debtorId, contactPointId, channel, reading, interactionId });
  if (reading.verdict !== 'optOut') return;
  const others = db.all<{ debtorId: string; contactPointId: string }>(
    `SELECT p.debtorId, p.id AS contactPointId FROM contactPoint p JOIN debtor d ON d.id = p.debtorId
     WHERE p.value = ? AND p.debtorId <> ? AND p.deletedAt IS NULL AND d.deletedAt IS NULL`,
    from,
    debtorId,
  );
  const onlyHere: ReadReply = { ...reading, scope: 'address', media: [channel] };
  for (const other of others) {
    door.applyOptOut(db, context, { ...other, channel, reading: onlyHere, interactionId });
  }
}
