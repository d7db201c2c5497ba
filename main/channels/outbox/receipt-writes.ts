import { domainToASCII } from 'node:url';
import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';
import type { Receipt } from '../types.ts';
import { type ChangedMessages, noteChange, nothingChanged } from './changed-messages.ts';
import type { OutboxDoor } from './door.ts';
import { holdOptedOut, OPTED_OUT_THERE } from './hold-opted-out.ts';
import { countContact, giveBackContact, markDocumentsSent, moveMessage } from './move-message.ts';
import { loadMessages, type MessageRow } from './outbox-rows.ts';
import { linkParts, type Report, reportMessage, reportPart } from './part-rows.ts';

export interface GatewayReceipts {
  gatewayId: string;
  receipts: readonly Receipt[];
}

/** Takes what gateways report, for many messages in one transaction; what names no message yet is kept until one does. */
export function writeReceipts(
  door: OutboxDoor,
  db: WriteDb,
  context: WriteContext,
  batches: readonly GatewayReceipts[],
): ChangedMessages {
  const changed = nothingChanged();
  const all = batches.flatMap(({ gatewayId, receipts }) =>
    receipts.map((receipt) => ({
      gatewayId,
      receipt,
      messageId: messageOf(db, gatewayId, receipt),
    })),
  );
  const rows = loadMessages(db, [...new Set(all.flatMap(({ messageId }) => messageId ?? []))]);
  for (const { gatewayId, receipt, messageId } of all) {
    const row = messageId === null ? undefined : rows.get(messageId);
    if (row === undefined) keepStray(db, context, gatewayId, receipt);
    else if (takeReceipt(door, db, context, row, { gatewayId, receipt }, changed))
      noteChange(changed, row);
  }
  return changed;
}

function messageOf(db: ReadDb, gatewayId: string, receipt: Receipt): string | null {
  if (receipt.messageId !== null) return receipt.messageId;
  const part = db.get<{ messageId: string }>(
    'SELECT messageId FROM messagePart WHERE gatewayId = ? AND providerId = ?',
    gatewayId,
    receipt.providerId,
  );
  return part?.messageId ?? null;
}

/** @returns whether the message changed */
export function takeReceipt(
  door: OutboxDoor,
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
  { gatewayId, receipt }: { gatewayId: string; receipt: Receipt },
  changed: ChangedMessages,
): boolean {
  const report = reportOn(row, receipt);
  const wasOpen = row.state === 'permitted' || row.state === 'unknown' || row.state === 'queued';
  let moved = false;
  if (receipt.providerId !== null) {
    // by our reference: perhaps before the answer that names it came
    if (receipt.messageId !== null)
      linkParts(db, context, row, { gatewayId, providerIds: [receipt.providerId] }, changed);
    const about = { gatewayId, providerId: receipt.providerId, report };
    moved = reportPart(db, context, row, about, changed);
  } else {
    moved = reportMessage(db, context, row, report, changed);
  }
  if (moved && receipt.optedOut === true)
    holdOptedOut(door, db, context, row, receipt.code ?? OPTED_OUT_THERE, changed);
  if (receipt.state === 'accepted') moved = moveMessage(db, context, row, 'accept') || moved;
  if (!wasOpen || row.state === 'queued') return moved;
  // whoever reports it has it: it counts, unless it says that it did not go out
  if (row.state === 'failed') giveBackContact(door, db, context, row);
  else {
    countContact(door, db, context, row);
    markDocumentsSent(db, context, row);
  }
  return moved;
}

/** An address that is not where the message went says nothing about the debtor's. */
function reportOn({ toAddress }: MessageRow, receipt: Receipt): Report {
  const report = toReport(receipt);
  const { address = toAddress } = receipt;
  return {
    ...report,
    badAddress: report.badAddress && comparable(address) === comparable(toAddress),
  };
}

function comparable(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`.toLowerCase();
}

function toReport({ state, hint, badAddress, optedOut = false, code, at }: Receipt): Report {
  return { state, hint, badAddress, optedOut, code, at };
}

/** Two reports of one instant are both kept; the same one twice is one. */
function keepStray(db: WriteDb, context: WriteContext, gatewayId: string, receipt: Receipt): void {
  const { providerId } = receipt;
  // by our reference, and we know no such message: it is not ours
  if (providerId === null) return;
  const receiptJson = JSON.stringify(toReport(receipt));
  const known = db.all<{ at: number; receiptJson: string }>(
    'SELECT at, receiptJson FROM strayReceipt WHERE gatewayId = ? AND providerId = ?',
    gatewayId,
    providerId,
  );
  if (known.some((stray) => stray.receiptJson === receiptJson)) return;
  const at = known.reduce((latest, stray) => Math.max(latest, stray.at + 1), context.now);
  db.run(
    'INSERT INTO strayReceipt (gatewayId, providerId, at, receiptJson) VALUES (?, ?, ?, ?)',
    gatewayId,
    providerId,
    at,
    receiptJson,
  );
}
