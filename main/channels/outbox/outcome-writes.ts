import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { HandOver } from '../types.ts';
import { type ChangedMessages, noteChange, noteDebtor } from './changed-messages.ts';
import type { OutboxDoor } from './door.ts';
import { endWithBulk } from './end-with-bulk.ts';
import { holdOptedOut, OPTED_OUT_THERE } from './hold-opted-out.ts';
import {
  countContact,
  giveBackContact,
  markBadAddress,
  markDocumentsSent,
  moveMessage,
} from './move-message.ts';
import type { MessageRow } from './outbox-rows.ts';
import { linkParts } from './part-rows.ts';

/** What came of handing over one message, with what is to be done next. */
export interface Outcome {
  messageId: string;
  gatewayId: string;
  /** `back`: it was not handed over at all (the engine stops, the gateway is gone) */
  result: HandOver | { kind: 'back' };
  /** of `later`, `back` and `unknown`: when to look again, epoch ms */
  nextAt: number;
  /** of `later`: another gateway that takes it then; null: the same */
  nextGatewayId: string | null;
  /** of `unknown`: when handing over began, epoch ms; absent: when the door said yes */
  beganAt?: number;
}

/**
 * Writes what came of handing over, for many messages in one transaction.
 * @param rows of these messages; they then stand as written
 */
export function writeOutcomes(
  door: OutboxDoor,
  db: WriteDb,
  context: WriteContext,
  outcomes: readonly Outcome[],
  rows: ReadonlyMap<string, MessageRow>,
  changed: ChangedMessages,
): void {
  for (const outcome of outcomes) {
    const row = rows.get(outcome.messageId);
    if (!row) continue;
    apply(door, db, context, row, outcome, changed);
    noteChange(changed, row);
  }
}

function apply(
  door: OutboxDoor,
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
  { result, gatewayId, nextAt, nextGatewayId, beganAt }: Outcome,
  changed: ChangedMessages,
): void {
  switch (result.kind) {
    case 'accepted': {
      const { providerIds, parts } = result;
      countContact(door, db, context, row);
      moveMessage(db, context, row, 'accept', { parts });
      markDocumentsSent(db, context, row);
      const early = linkParts(db, context, row, { gatewayId, providerIds }, changed);
      const optedOut = early.find((report) => report.optedOut === true);
      if (optedOut) holdOptedOut(door, db, context, row, optedOut.code ?? OPTED_OUT_THERE, changed);
      return;
    }
    case 'rejected':
      if (moveMessage(db, context, row, 'reject', { reason: result.code, detail: result.detail }))
        giveBackContact(door, db, context, row);
      if (result.badAddress) noteDebtor(changed, markBadAddress(db, context, row));
      if (result.code === OPTED_OUT_THERE)
        holdOptedOut(door, db, context, row, result.detail ?? result.code, changed);
      return;
    case 'later':
      postpone(db, context, row, { reason: result.code, detail: result.detail, nextAt });
      if (nextGatewayId !== null && row.state === 'queued')
        // a name that the other one may not show is not taken along
        db.update('message', row.id, { gatewayId: nextGatewayId, sender: null });
      endWithBulk(door, db, context, row);
      return;
    case 'back':
      moveMessage(db, context, row, 'postpone', { nextAt });
      endWithBulk(door, db, context, row);
      return;
    case 'unknown': {
      countContact(door, db, context, row);
      const { code: reason, detail } = result;
      const isLost = moveMessage(db, context, row, 'lose', { reason, detail, nextAt });
      // gateways are asked by it, and know nothing of what has only just begun
      if (isLost && beganAt !== undefined) db.update('message', row.id, { permittedAt: beganAt });
      return;
    }
  }
}

function postpone(
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
  change: { reason: string; detail: string | null; nextAt: number },
): void {
  if (!moveMessage(db, context, row, 'postpone', change)) return;
  db.update('message', row.id, { tries: row.tries + 1 });
}
