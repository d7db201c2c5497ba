import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';
import type { Receipt } from '../types.ts';
import { type ChangedMessages, noteDebtor } from './changed-messages.ts';
import { eventOfReport } from './message-machine.ts';
import { markBadAddress, moveMessage } from './move-message.ts';
import type { MessageRow } from './outbox-rows.ts';

export type ReportState = Receipt['state'];

/** A receipt without what only the wire knows. */
export type Report = Pick<
  Receipt,
  'state' | 'hint' | 'badAddress' | 'onePart' | 'optedOut' | 'code' | 'at'
>;

/** How far each state is; reports that are behind change nothing. */
const rank: Record<ReportState, number> = {
  accepted: 0,
  expired: 1,
  failed: 2,
  delivered: 2,
  read: 3,
};

/** Whether a part that stands at `before` moves to `next`: forward only, and what has ended otherwise does not turn. */
export function partMoves(before: ReportState, next: ReportState): boolean {
  return rank[next] > rank[before] && !(before === 'failed' && next !== 'failed');
}

/**
 * What parts say of the whole: it failed when one did, it is delivered when all are. null: nothing yet.
 * @param states at least one
 */
export function stateOfParts(
  states: readonly ReportState[],
): Exclude<ReportState, 'accepted'> | null {
  if (states.includes('failed')) return 'failed';
  if (states.includes('accepted')) return null;
  if (states.includes('expired')) return 'expired';
  return states.every((state) => state === 'read') ? 'read' : 'delivered';
}

/**
 * Keeps how the gateway names a message, and takes the receipts that came before we knew it.
 * @returns those
 */
export function linkParts(
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
  { gatewayId, providerIds }: { gatewayId: string; providerIds: readonly string[] },
  changed: ChangedMessages,
): Report[] {
  const known = countParts(db, row.id);
  const early: { providerId: string; report: Report }[] = [];
  providerIds.forEach((providerId, index) => {
    db.run(
      // some begin to count anew: then it is the name of what was taken last
      `INSERT INTO messagePart (gatewayId, providerId, messageId, part, state, at)
       VALUES (?, ?, ?, ?, 'accepted', ?)
       ON CONFLICT (gatewayId, providerId) DO UPDATE SET messageId = excluded.messageId, part = excluded.part,
         state = excluded.state, at = excluded.at WHERE messageId <> excluded.messageId`,
      gatewayId,
      providerId,
      row.id,
      known + index + 1,
      context.now,
    );
    for (const report of takeStrays(db, gatewayId, providerId)) early.push({ providerId, report });
  });
  for (const { providerId, report } of early) {
    reportPart(db, context, row, { gatewayId, providerId, report }, changed);
  }
  return early.map(({ report }) => report);
}

function countParts(db: ReadDb, messageId: string): number {
  const row = db.get<{ count: number }>(
    'SELECT count(*) AS count FROM messagePart WHERE messageId = ?',
    messageId,
  );
  return row?.count ?? 0;
}

function takeStrays(db: WriteDb, gatewayId: string, providerId: string): Report[] {
  const rows = db.all<{ receiptJson: string }>(
    'SELECT receiptJson FROM strayReceipt WHERE gatewayId = ? AND providerId = ? ORDER BY at',
    gatewayId,
    providerId,
  );
  if (rows.length === 0) return [];
  db.run('DELETE FROM strayReceipt WHERE gatewayId = ? AND providerId = ?', gatewayId, providerId);
  return rows.map(({ receiptJson }) => JSON.parse(receiptJson) as Report);
}

/**
 * Takes a report about one part, and moves the message as far as its parts allow.
 * @returns whether the message changed
 */
export function reportPart(
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
  about: { gatewayId: string; providerId: string; report: Report },
  changed: ChangedMessages,
): boolean {
  const { gatewayId, providerId, report } = about;
  const part = db.get<{ state: ReportState }>(
    'SELECT state FROM messagePart WHERE gatewayId = ? AND providerId = ?',
    gatewayId,
    providerId,
  );
  if (!part || !partMoves(part.state, report.state)) return false;
  db.run(
    'UPDATE messagePart SET state = ?, at = ? WHERE gatewayId = ? AND providerId = ?',
    report.state,
    Number.isFinite(report.at) ? report.at : context.now,
    gatewayId,
    providerId,
  );
  const states = db
    .all<{ state: ReportState }>('SELECT state FROM messagePart WHERE messageId = ?', row.id)
    .map(({ state }) => state);
  // a part whose id we were never told is not there yet
  const isWhole =
    states.length >= (row.parts ?? 1) || (report.onePart !== true && providerIdForAll(states, row));
  const whole = stateOfParts(isWhole ? states : [...states, 'accepted']);
  return whole !== null && reportMessage(db, context, row, { ...report, state: whole }, changed);
}

/** Many providers name a long message once. */
function providerIdForAll(states: readonly ReportState[], { parts }: MessageRow): boolean {
  return states.length === 1 && (parts ?? 1) > 1;
}

/** Takes a report about a whole message. @returns whether the message changed */
export function reportMessage(
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
  report: Report,
  changed: ChangedMessages,
): boolean {
  const { state, hint, badAddress, code, at } = report;
  const isBad = state === 'failed' || state === 'expired';
  const moved = moveMessage(db, context, row, eventOfReport(state), {
    hint,
    at,
    ...(isBad ? { reason: `message.report-${state}`, detail: code } : {}),
  });
  if (moved && isBad && badAddress) noteDebtor(changed, markBadAddress(db, context, row));
  return moved;
}
