import type { Store, WriteOptions } from '../../store/types.ts';
import type { BulkPace } from './bulk-pace.ts';
import type { ChangedMessages } from './changed-messages.ts';
import { type FilledItem, type FillParts, fillDue } from './fill-due.ts';
import {
  contentOf,
  dueByHand,
  dueOfBulk,
  loadAttachments,
  type MessageRow,
} from './outbox-rows.ts';
import type { OutboxWrites } from './outbox-writes.ts';
import type { ReadyMessage } from './outgoing.ts';

export interface FetchParts {
  store: Store;
  writes: OutboxWrites;
  fill: FillParts;
  pace: BulkPace;
  gatewayId: string;
  clockSuspect(): boolean;
  /** how far the log of changes is */
  changesSeen(): number;
  changed(changed: ChangedMessages): void;
  /** bulks of which something was handed over or refused */
  bulksMoved(bulkIds: readonly string[]): void;
}

export const asMessage: WriteOptions = { priority: 'message' };

/** Takes what waits for one gateway: fills in what is not written yet, asks the door for all at once. */
export async function fetchDue(
  parts: FetchParts,
  limit: number,
  now: number,
): Promise<ReadyMessage[]> {
  const rows = chooseDue(parts, limit, now);
  if (rows.length === 0) return [];
  // a clock that jumped ahead ends nothing: the door sends it back until somebody has looked at the time
  const isTrusted = !parts.clockSuspect();
  const isOver = ({ expiresAt }: MessageRow) => isTrusted && expiresAt !== null && expiresAt <= now;
  await expire(parts, rows.filter(isOver));
  const alive = rows.filter((row) => !isOver(row));
  const items = await withContent(parts, alive, now);
  await reject(parts, items);
  return permit(parts, items, now);
}

/** Those by hand first, then bulks in turn. */
function chooseDue({ store, pace, gatewayId }: FetchParts, limit: number, now: number) {
  const rows = dueByHand(store.read, gatewayId, now, limit);
  for (const { bulkId, most, take } of pace.inTurn()) {
    const wanted = Math.min(limit - rows.length, most);
    if (wanted < 1) continue;
    const found = dueOfBulk(store.read, gatewayId, bulkId, now, wanted);
    take(found.length);
    rows.push(...found);
  }
  return rows;
}

async function expire(
  { store, writes, changed, bulksMoved }: FetchParts,
  rows: readonly MessageRow[],
) {
  if (rows.length === 0) return;
  const messageIds = rows.map(({ id }) => id);
  changed(await store.write(writes, 'message.expire', { messageIds }, asMessage));
  bulksMoved(rows.flatMap(({ bulkId }) => bulkId ?? []));
}

/** What was handed over before has its text in the history; the others of bulks get it now. */
async function withContent(
  { fill, store }: FetchParts,
  rows: readonly MessageRow[],
  now: number,
): Promise<FilledItem[]> {
  const isWritten = (row: MessageRow) => row.contentJson !== null || row.interactionId !== null;
  const written = rows.filter(isWritten).map((row): FilledItem => {
    const content = contentOf(store.read, row);
    // erased while it waited
    if (content === null) return { ok: false, row, reason: 'message.empty', detail: null };
    return { ok: true, row, content, item: { messageId: row.id, filled: null } };
  });
  const unwritten = rows.filter((row) => !isWritten(row));
  if (unwritten.length === 0) return written;
  return [...written, ...(await fillDue(fill, unwritten, now))];
}

async function reject(
  { store, writes, changed, bulksMoved }: FetchParts,
  items: readonly FilledItem[],
): Promise<void> {
  const refused = items.flatMap((one) =>
    one.ok ? [] : [{ messageId: one.row.id, reason: one.reason, detail: one.detail }],
  );
  if (refused.length === 0) return;
  changed(await store.write(writes, 'message.reject', { messages: refused }, asMessage));
  bulksMoved(items.flatMap(({ row }) => row.bulkId ?? []));
}

async function permit(
  { store, writes, gatewayId, clockSuspect, changesSeen, bulksMoved, changed }: FetchParts,
  items: readonly FilledItem[],
  now: number,
): Promise<ReadyMessage[]> {
  const rows = new Map<string, Extract<FilledItem, { ok: true }>>();
  for (const one of items) if (one.ok) rows.set(one.row.id, one);
  if (rows.size === 0) return [];
  const input = {
    gatewayId,
    items: [...rows.values()].map(({ item }) => item),
    clockSuspect: clockSuspect(),
  };
  const seen = changesSeen();
  const reply = await store.write(writes, 'message.permit', input, asMessage);
  const kept = loadAttachments(store.read, [...rows.keys()]);
  const ready = reply.flatMap(({ messageId, reservationId }) => {
    const one = rows.get(messageId);
    if (reservationId === null || one === undefined) return [];
    const { row, item, content } = one;
    const { sender, language } = item.filled ?? row;
    return [
      {
        row: { ...row, sender, language, reservationId },
        content,
        documentIds: (kept.get(messageId) ?? []).map(({ documentId }) => documentId),
        permittedAt: now,
        changesSeen: seen,
      },
    ];
  });
  bulksMoved([...rows.values()].flatMap(({ row }) => row.bulkId ?? []));
  const refused = reply.filter(({ reservationId }) => reservationId === null);
  const messageIds = refused.flatMap(({ messageId }) =>
    rows.get(messageId)?.row.bulkId === null ? [messageId] : [],
  );
  changed({ messageIds, bulkIds: [], debtorIds: [] });
  return ready;
}
