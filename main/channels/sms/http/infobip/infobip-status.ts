import type { Receipt } from '../../../types.ts';
import type { ProviderError } from '../common/hand-over.ts';
import { member, number, text } from '../common/read-json.ts';
import { receipt } from '../common/receipts.ts';

/** Groups of a status; https://www.infobip.com/docs/essentials/api-essentials/response-status-and-error-codes */
const groups: Readonly<Record<number, Receipt['state']>> = {
  1: 'accepted',
  2: 'failed',
  3: 'delivered',
  4: 'expired',
  5: 'failed',
};

/** Names of statuses and errors that say that nobody has this number. */
const noSuchNumber =
  /UNKNOWN_SUBSCRIBER|INVALID_DESTINATION|ILLEGAL_SUBSCRIBER|UNALLOCATED|DESTINATION_ADDRESS|MISSING_TO|PREFIX_MISSING/;

/** The receiver, or a list that they are on, refuses messages. */
const optedOut = /BLACKLIST|BLOCKLIST|OPT_OUT|DND/;

/** One of `results` of reports, logs and webhooks. @returns null for what is none */
export function readInfobipReport(item: unknown): Receipt | null {
  const id = text(item, 'messageId');
  const group = number(item, 'status', 'groupId');
  const state = group === null ? undefined : groups[group];
  if (id === null || state === undefined) return null;
  const name = text(item, 'status', 'name');
  const error = text(item, 'error', 'name');
  const failed = state === 'failed';
  const said = error === null || error === 'NO_ERROR' ? name : `${name ?? ''} ${error}`.trim();
  const seen = text(item, 'seenAt') !== null;
  return receipt(seen ? 'read' : state, {
    providerId: id,
    // Our own id is the one that Infobip uses.
    messageId: isOurs(id) ? id : null,
    badAddress: failed && noSuchNumber.test(`${name ?? ''} ${error ?? ''}`),
    ...(failed && optedOut.test(`${name ?? ''} ${error ?? ''}`) ? { optedOut: true } : {}),
    code: said,
    at: instant(text(item, 'doneAt') ?? text(item, 'sentAt')),
  });
}

export function isOurs(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}

/** `2019-11-09T16:00:00.000+0000` */
export function instant(date: string | null): number | null {
  if (date === null) return null;
  const at = Date.parse(date.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? null : at;
}

/** What the status in the answer to a new message means; null: taken. */
export function infobipRefusal(status: unknown): ProviderError | null {
  const group = number(status, 'groupId');
  if (group === null || group === 1 || group === 3) return null;
  const name = text(status, 'name') ?? '';
  if (/NOT_ENOUGH_CREDITS|NO_CREDITS/.test(name))
    return { kind: 'later', code: 'gateway.no-credit' };
  if (/FLOOD|THROTTL|LIMIT/.test(name)) {
    return { kind: 'later', code: 'gateway.throttled', retryAfterMs: 30_000 };
  }
  if (noSuchNumber.test(name)) {
    return { kind: 'rejected', code: 'gateway.bad-number', badAddress: true };
  }
  if (/SOURCE|SENDER/.test(name)) return { kind: 'rejected', code: 'gateway.sender-refused' };
  if (/NETWORK|ROUTE/.test(name)) return { kind: 'rejected', code: 'gateway.not-reachable' };
  if (optedOut.test(name)) {
    return { kind: 'rejected', code: 'gateway.opted-out-there' };
  }
  return { kind: 'rejected', code: 'gateway.refused' };
}

/** An error of the whole request: `{errorCode, description, violations}`, or the older `{requestError}`. */
export function infobipError(answer: unknown): { word: string; text: string | null } | null {
  const word = text(answer, 'errorCode');
  if (word !== null) return { word, text: text(answer, 'description') };
  const old = member(member(answer, 'requestError'), 'serviceException');
  const messageId = text(old, 'messageId');
  return messageId === null ? null : { word: messageId, text: text(old, 'text') };
}
