import type { GatewayEvent, OutgoingMedia, Receipt } from '../../../types.ts';
import type { ProviderError } from '../common/hand-over.ts';
import { messageIdFrom, numberFrom } from '../common/numbers.ts';
import { member, text } from '../common/read-json.ts';
import { incoming, receipt } from '../common/receipts.ts';

/** `status` of webhooks and of records. */
const states: Readonly<Record<string, Receipt['state']>> = {
  submitted: 'accepted',
  accepted: 'accepted',
  buffered: 'accepted',
  delivered: 'delivered',
  read: 'read',
  rejected: 'failed',
  undeliverable: 'failed',
  failed: 'failed',
  deleted: 'failed',
  expired: 'expired',
};

/** Codes at the end of `type` and in `title`: https://developer.vonage.com/api-errors/messages */
const noSuchNumber = /\b(1170|1240|1190|1290|1320)\b/;
const EXPIRED = /\b1160\b/;

/** @param value a status webhook, or a record of the Reports API; null for what is none */
export function readVonageStatus(value: unknown): Receipt | null {
  const id = text(value, 'message_uuid') ?? text(value, 'message_id') ?? text(value, 'id');
  const status = text(value, 'status')?.toLowerCase() ?? '';
  const state = states[status];
  if (id === null || state === undefined) return null;
  const type = text(value, 'error', 'type')?.split('#').at(-1) ?? null;
  const error = text(value, 'error', 'title') ?? type ?? text(value, 'error_code');
  const failed = state === 'failed';
  const said = `${type ?? ''} ${error ?? ''}`;
  return receipt(failed && EXPIRED.test(said) ? 'expired' : state, {
    providerId: id,
    messageId: messageIdFrom(text(value, 'client_ref')),
    badAddress: failed && noSuchNumber.test(said),
    code: error === null || error === '0' ? status : `${status} ${error}`,
    at: instant(text(value, 'timestamp') ?? text(value, 'date_finalized')),
  });
}

export function instant(date: string | null): number | null {
  if (date === null) return null;
  const at = Date.parse(date.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? null : at;
}

const mediaKinds = ['image', 'video', 'audio', 'vcard', 'file'] as const;

/** Where the media of an incoming message are, and what is said beside them. */
export function mediaLinks(value: unknown): { url: string; name: string }[] {
  return mediaKinds.flatMap((kind) => {
    const url = text(value, kind, 'url');
    return url === null ? [] : [{ url, name: text(value, kind, 'name') ?? kind }];
  });
}

/** An incoming message, of a webhook or of a record. */
export function readVonageMessage(
  value: unknown,
  media: readonly OutgoingMedia[],
): GatewayEvent | null {
  const id = text(value, 'message_uuid') ?? text(value, 'message_id') ?? text(value, 'id');
  const from = text(value, 'from');
  if (id === null || from === null) return null;
  const to = text(value, 'to');
  const captions = mediaKinds.map((kind) => text(value, kind, 'caption')).find(Boolean) ?? null;
  const channel = text(value, 'channel') ?? text(value, 'provider') ?? '';
  return incoming({
    sourceKey: id,
    channel: channel === 'mms' || media.length > 0 ? 'mms' : 'sms',
    from: numberFrom(from),
    to: to === null ? null : numberFrom(to),
    text: text(value, 'text') ?? bodyOf(value) ?? captions,
    media,
    at: instant(text(value, 'timestamp') ?? text(value, 'date_received')),
  });
}

/** Of records: text, or a JSON object in text that holds it. */
function bodyOf(value: unknown): string | null {
  const body = member(value, 'message_body');
  if (typeof body !== 'string') return text(body, 'text');
  if (!body.startsWith('{')) return body === '' ? null : body;
  try {
    return text(JSON.parse(body), 'text') ?? body;
  } catch {
    return body;
  }
}

/** The meaning of an error answer: `{type, title, detail}`. */
export function vonageMeaning(status: number, type: string, title: string): ProviderError {
  const said = `${type} ${title}`;
  if (/\b1080\b|low balance/i.test(said) || status === 402) {
    return { kind: 'later', code: 'gateway.no-credit' };
  }
  if (/\b1000\b|throttl|rate limit/i.test(said)) {
    return { kind: 'later', code: 'gateway.throttled', retryAfterMs: 2_000 };
  }
  if (noSuchNumber.test(said)) {
    return { kind: 'rejected', code: 'gateway.bad-number', badAddress: true };
  }
  if (/\b1120\b|sender/i.test(said)) return { kind: 'rejected', code: 'gateway.sender-refused' };
  return { kind: 'rejected', code: 'gateway.refused' };
}
