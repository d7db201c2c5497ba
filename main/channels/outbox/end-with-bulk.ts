import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { MessageDoor } from './door.ts';
import { giveBackContact, moveMessage } from './move-message.ts';
import type { MessageRow } from './outbox-rows.ts';

/**
 * What comes back to the queue of a message to many that has ended meanwhile waits for nobody: it ends too, with its
 * contact given back. Call it after whatever may have put a message back.
 */
export function endWithBulk(
  door: MessageDoor,
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
): void {
  if (row.bulkId === null || row.state !== 'queued') return;
  const bulk = db.get<{ state: string }>('SELECT state FROM messageBulk WHERE id = ?', row.bulkId);
  if (bulk?.state === 'finished')
    moveMessage(db, context, row, 'expire', { reason: 'message.expired' });
  else if (bulk?.state === 'cancelled' || bulk?.state === 'failed')
    moveMessage(db, context, row, 'cancel');
  else return;
  giveBackContact(door, db, context, row);
}
