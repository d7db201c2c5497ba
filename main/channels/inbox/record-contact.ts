import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { MessageChannel } from '../types.ts';
import type { InboxDoor } from './inbox-door.ts';
import { pointOf } from './match-incoming.ts';

/**
 * That somebody wrote to us, as contact rules see it: rules on replies and on who began look at it. Of a number that is
 * nobody's the log is kept under the number, as that of calls is; of an address that is nobody's there is none.
 * @param message `id` of the row of `inboundMessage`, by which the same contact is known again
 */
export function recordContact(
  door: InboxDoor,
  db: WriteDb,
  context: WriteContext,
  message: { id: string; channel: MessageChannel; from: string; at: number },
  debtorId: string | null,
): void {
  const { id, channel, from, at } = message;
  const number = channel === 'email' ? null : from;
  if (debtorId === null && number === null) return;
  door.recordContactEvents(db, context, {
    ...{ callId: id, kinds: ['message'], direction: 'in', channel, at, number },
    debtorId: debtorId ?? `number:${from}`,
    contactPointId: debtorId === null ? null : pointOf(db, debtorId, from),
    target: debtorId === null ? null : 'debtor',
  });
}
