import type { Receipt } from '../../../types.ts';
import { number, text } from '../common/read-json.ts';
import { receipt } from '../common/receipts.ts';
import { isBadNumber, TWILIO_EXPIRED, TWILIO_OPTED_OUT } from './twilio-errors.ts';

/** Values of `status` and `MessageStatus`; those of incoming messages are left out. */
const states: Readonly<Record<string, Receipt['state']>> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'accepted',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

/** @returns null for a status that says nothing of delivery */
export function twilioReceipt(known: {
  sid: string;
  status: string;
  errorCode: number | null;
  at: number | null;
  messageId?: string | null;
}): Receipt | null {
  const state = states[known.status];
  if (state === undefined) return null;
  const expired = state === 'failed' && known.errorCode === TWILIO_EXPIRED;
  return receipt(expired ? 'expired' : state, {
    providerId: known.sid,
    messageId: known.messageId ?? null,
    badAddress: state === 'failed' && isBadNumber(known.errorCode),
    ...(state === 'failed' && known.errorCode === TWILIO_OPTED_OUT ? { optedOut: true } : {}),
    code: known.errorCode === null ? known.status : `${known.status} ${known.errorCode}`,
    at: known.at,
  });
}

/** A Message resource, as lists and single questions give it. */
export interface TwilioMessage {
  sid: string;
  status: string;
  direction: string;
  from: string | null;
  to: string | null;
  body: string | null;
  errorCode: number | null;
  segments: number | null;
  media: number;
  /** epoch ms: sent (or received), created, changed */
  sentAt: number | null;
  createdAt: number | null;
  updatedAt: number | null;
}

/** @returns null for what is no message */
export function readTwilioMessage(value: unknown): TwilioMessage | null {
  const sid = text(value, 'sid');
  const status = text(value, 'status');
  if (sid === null || status === null) return null;
  return {
    sid,
    status,
    direction: text(value, 'direction') ?? '',
    from: text(value, 'from'),
    to: text(value, 'to'),
    body: text(value, 'body'),
    errorCode: number(value, 'error_code'),
    segments: number(value, 'num_segments'),
    media: number(value, 'num_media') ?? 0,
    sentAt: instant(text(value, 'date_sent')),
    createdAt: instant(text(value, 'date_created')),
    updatedAt: instant(text(value, 'date_updated')),
  };
}

/** RFC 2822, as `Fri, 24 May 2019 17:44:50 +0000`. */
function instant(date: string | null): number | null {
  const at = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? null : at;
}
