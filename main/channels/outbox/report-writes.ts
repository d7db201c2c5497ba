import type { WriteContext, WriteDb } from '../../store/types.ts';
import { type ChangedMessages, nothingChanged } from './changed-messages.ts';
import type { OutboxDoor } from './door.ts';
import { loadMessages } from './outbox-rows.ts';
import { type Outcome, writeOutcomes } from './outcome-writes.ts';
import { type GatewayReceipt, writeReceipts } from './receipt-writes.ts';

/** What became known of messages since the last time. */
export interface Reports {
  outcomes: readonly Outcome[];
  receipts: readonly GatewayReceipt[];
}

/**
 * Writes what came of handing over and what gateways told, in one transaction: the answers first, so that a receipt finds
 * the message which they name.
 */
export function writeReports(
  door: OutboxDoor,
  db: WriteDb,
  context: WriteContext,
  { outcomes, receipts }: Reports,
): ChangedMessages {
  const ids = [
    ...outcomes.map(({ messageId }) => messageId),
    ...receipts.flatMap(({ receipt }) => receipt.messageId ?? []),
  ];
  const rows = loadMessages(db, [...new Set(ids)]);
  const changed = nothingChanged();
  writeOutcomes(door, db, context, outcomes, rows, changed);
  writeReceipts(door, db, context, receipts, rows, changed);
  return changed;
}
