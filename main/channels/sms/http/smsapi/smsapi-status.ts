import type { Receipt } from '../../../types.ts';
import { messageIdFrom } from '../common/numbers.ts';
import { number, text } from '../common/read-json.ts';
import { receipt } from '../common/receipts.ts';

/** By name, as answers and newer callbacks give it, and by number, as callbacks always do. */
const states: Readonly<Record<string, Receipt['state'] | null>> = {
  NOT_FOUND: null,
  EXPIRED: 'expired',
  SENT: 'accepted',
  DELIVERED: 'delivered',
  UNDELIVERED: 'failed',
  FAILED: 'failed',
  REJECTED: 'failed',
  UNKNOWN: null,
  QUEUE: 'accepted',
  ACCEPTED: 'accepted',
  RENEWAL: 'accepted',
  STOP: 'failed',
};
const names: Readonly<Record<string, string>> = {
  '401': 'NOT_FOUND',
  '402': 'EXPIRED',
  '403': 'SENT',
  '404': 'DELIVERED',
  '405': 'UNDELIVERED',
  '406': 'FAILED',
  '407': 'REJECTED',
  '408': 'UNKNOWN',
  '409': 'QUEUE',
  '410': 'ACCEPTED',
  '411': 'RENEWAL',
  '412': 'STOP',
};

/** @returns null for a status that says nothing of delivery */
export function smsapiReceipt(known: {
  id: string;
  status: string;
  idx: string | null;
  /** epoch s */
  at: number | null;
}): Receipt | null {
  const name = names[known.status] ?? known.status.toUpperCase();
  const state = states[name] ?? null;
  if (state === null) return null;
  return receipt(state, {
    providerId: known.id,
    messageId: messageIdFrom(known.idx),
    code: name,
    at: known.at === null ? null : known.at * 1_000,
  });
}

/** One of `list` of an answer. */
export function readSmsapiItem(item: unknown): {
  id: string | null;
  status: string | null;
  idx: string | null;
  parts: number | null;
  error: number | null;
} {
  return {
    id: text(item, 'id'),
    status: text(item, 'status'),
    idx: text(item, 'idx'),
    parts: number(item, 'parts'),
    error: number(item, 'error'),
  };
}
