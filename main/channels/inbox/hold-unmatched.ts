import type { ReadReply } from '../../contact-rules/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';

/** Numbers and addresses whose owner asked for something before it was known who that is. */
export const replyList = 'reply';

/** Whether a reply asks for something that must act at once. */
export function asksForRest(reading: ReadReply | null): reading is ReadReply {
  return reading !== null && reading.verdict !== 'none';
}

/**
 * Nobody calls or writes there any more, whichever debtor has the number or address: the door refuses what stands on a
 * do-not-call list. A reply that is not plain holds it too, until a person says whose it is.
 */
export function holdUnmatched(db: WriteDb, context: WriteContext, peer: string): void {
  const known = db.get(
    'SELECT 1 FROM doNotCall WHERE number = ? AND list = ? AND deletedAt IS NULL',
    peer,
    replyList,
  );
  if (known) return;
  const id = context.newId();
  db.insert('doNotCall', { id, list: replyList, number: peer, createdAt: context.now });
}

/** It is known whose it was: holds of that debtor, with the scope of the reply, take its place. */
export function endUnmatchedHold(db: WriteDb, peer: string): void {
  const rows = db.all<{ id: string }>(
    'SELECT id FROM doNotCall WHERE number = ? AND list = ? AND deletedAt IS NULL',
    peer,
    replyList,
  );
  for (const { id } of rows) db.remove('doNotCall', id);
}
