import type { GatewayEvent, OutgoingMedia, Receipt } from '../../../types.ts';
import { messageIdFrom, numberFrom } from '../common/numbers.ts';
import { items, text } from '../common/read-json.ts';
import { incoming, receipt } from '../common/receipts.ts';
import { fromWarsaw } from '../common/warsaw-time.ts';

/** `status` of reports, in English and as accounts with Polish reports get it. */
const states: Readonly<Record<string, Receipt['state']>> = {
  delivered: 'delivered',
  doreczono: 'delivered',
  undelivered: 'failed',
  niedoreczono: 'failed',
  unsent: 'failed',
  niewyslano: 'failed',
  sent: 'accepted',
  wyslano: 'accepted',
  pending: 'accepted',
  in_progress: 'accepted',
  saved: 'accepted',
};
const badAddressReasons = new Set(['unsupported_number', 'wrong_number']);

/** @returns null for a status that says nothing of delivery */
export function serwersmsReceipt(known: {
  id: string;
  uniqueId: string | null;
  status: string;
  reason: string | null;
  /** in Warsaw's time */
  date: string | null;
}): Receipt | null {
  const state = states[known.status.toLowerCase()];
  if (state === undefined) return null;
  const { reason } = known;
  const expired = state === 'failed' && reason === 'message_expired';
  return receipt(expired ? 'expired' : state, {
    providerId: known.id,
    messageId: messageIdFrom(known.uniqueId),
    badAddress: state === 'failed' && reason !== null && badAddressReasons.has(reason),
    code: reason ?? known.status,
    at: fromWarsaw(known.date),
  });
}

/** One of `items` of `messages/reports`. */
export function readReport(item: unknown, messageId: string | null = null): Receipt | null {
  const id = text(item, 'id');
  const status = text(item, 'status');
  if (id === null || status === null) return null;
  const event = serwersmsReceipt({
    id,
    uniqueId: text(item, 'unique_id'),
    status,
    reason: text(item, 'reason'),
    date: text(item, 'delivered') ?? text(item, 'sent'),
  });
  return event === null || messageId === null ? event : { ...event, messageId };
}

const MAX_MEDIA = 10;

/** One of `items` of `messages/recived` (spelt so there). */
export function readReceived(item: unknown): GatewayEvent | null {
  const id = text(item, 'id');
  const phone = text(item, 'phone');
  if (id === null || phone === null) return null;
  const type = text(item, 'type') ?? '';
  const to = text(item, 'to_number') ?? text(item, 'ndi');
  return incoming({
    // Answers, numbers of one's own and MMS are counted each for itself.
    sourceKey: `${type} ${id}`,
    channel: type === 'mms' ? 'mms' : 'sms',
    from: numberFrom(phone),
    to: to === null ? null : numberFrom(to),
    text: text(item, 'text'),
    subject: text(item, 'title'),
    media: items(item, 'attachments').slice(0, MAX_MEDIA).flatMap(mediaOf),
    at: fromWarsaw(text(item, 'recived')),
    answersProviderId: text(item, 'message_id'),
  });
}

function mediaOf(attachment: unknown): OutgoingMedia[] {
  const data = text(attachment, 'data');
  if (data === null) return [];
  const name = text(attachment, 'name') ?? 'attachment';
  const mediaType = text(attachment, 'content_type') ?? 'application/octet-stream';
  return [{ name, mediaType, bytes: Buffer.from(data, 'base64') }];
}
