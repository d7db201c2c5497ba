import { domainToASCII } from 'node:url';
import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';
import type { Receipt } from '../types.ts';
import { type ChangedMessages, noteChange } from './changed-messages.ts';
import type { OutboxDoor } from './door.ts';
import { holdOptedOut, OPTED_OUT_THERE } from './hold-opted-out.ts';
import { countContact, giveBackContact, markDocumentsSent, moveMessage } from './move-message.ts';
import { loadMessages, type MessageRow } from './outbox-rows.ts';
import { linkParts, type Report, reportMessage, reportPart } from './part-rows.ts';

/** What one gateway told. */
export interface GatewayReceipt {
  gatewayId: string;
  receipt: Receipt;
}

/**
 * Takes what gateways report, for many messages in one transaction; what names no message yet is kept until one does.
 * @param rows that are read already, and stand as written; the others are added
 */
export function writeReceipts(
  door: OutboxDoor,
  db: WriteDb,
  context: WriteContext,
  receipts: readonly GatewayReceipt[],
  rows: Map<string, MessageRow>,
  changed: ChangedMessages,
): void {
  const all = receipts.map((told) => ({ ...told, messageId: messageOf(db, told) }));
  const missing = new Set(all.flatMap(({ messageId }) => messageId ?? []));
  for (const known of rows.keys()) missing.delete(known);
  if (missing.size > 0) for (const [id, row] of loadMessages(db, [...missing])) rows.set(id, row);
  for (const { gatewayId, receipt, messageId } of all) {
    const row = messageId === null ? undefined : rows.get(messageId);
    if (row === undefined) keepStray(db, context, gatewayId, receipt);
    else if (takeReceipt(door, db, context, row, { gatewayId, receipt }, changed))
      noteChange(changed, row);
  }
}

function messageOf(
  db: ReadDb,
  { gatewayId, receipt }: { gatewayId: string; receipt: Pick<Receipt, 'providerId' | 'messageId'> },
): string | null {
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
  { gatewayId, receipt }: GatewayReceipt,
  changed: ChangedMessages,
): boolean {
  const report = reportOn(row, receipt);
  const wasOpen = row.state === 'permitted' || row.state === 'unknown' || row.state === 'queued';
  let moved = false;
  if (receipt.providerId !== null) {
    // by our reference: perhaps before the answer that names it came
    if (receipt.messageId !== null && !isPartOf(db, gatewayId, receipt.providerId, row))
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

function isPartOf(db: ReadDb, gatewayId: string, providerId: string, { id }: MessageRow): boolean {
  return messageOf(db, { gatewayId, receipt: { providerId, messageId: null } }) === id;
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

function toReport(receipt: Receipt): Report {
  const { state, hint, badAddress, onePart = false, optedOut = false, code, at } = receipt;
  return { state, hint, badAddress, optedOut, code, at, ...(onePart ? { onePart } : {}) };
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
