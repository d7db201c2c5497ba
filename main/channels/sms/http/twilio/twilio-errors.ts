import type { ProviderError } from '../common/hand-over.ts';

const badNumber: ProviderError = { kind: 'rejected', code: 'gateway.bad-number', badAddress: true };
const badSender: ProviderError = { kind: 'rejected', code: 'gateway.sender-refused' };
const badMedia: ProviderError = { kind: 'rejected', code: 'gateway.media-refused' };
const badText: ProviderError = { kind: 'rejected', code: 'gateway.message-refused' };
const login: ProviderError = { kind: 'later', code: 'gateway.login-refused' };

/** Error codes of the Messages resource, `https://www.twilio.com/docs/api/errors/<code>`. */
const meanings: Readonly<Record<number, ProviderError>> = {
  14107: { kind: 'later', code: 'gateway.throttled', retryAfterMs: 5_000 },
  20003: login,
  20005: login,
  20429: { kind: 'later', code: 'gateway.throttled', retryAfterMs: 2_000 },
  21211: badNumber,
  21212: badSender,
  21214: badNumber,
  21217: badNumber,
  21401: badNumber,
  21407: badNumber,
  21408: { kind: 'rejected', code: 'gateway.country-not-allowed' },
  21602: badText,
  21603: badSender,
  21606: badSender,
  21610: { kind: 'rejected', code: 'gateway.opted-out-there' },
  // ten hours of messages wait for this sender
  21611: { kind: 'later', code: 'gateway.throttled', retryAfterMs: 60_000 },
  21612: { kind: 'rejected', code: 'gateway.not-reachable' },
  21614: badNumber,
  21617: badText,
  21620: badMedia,
  21621: badMedia,
  21623: badMedia,
  21659: badSender,
  21660: badSender,
  21703: badSender,
  21705: badSender,
  30001: { kind: 'later', code: 'gateway.throttled', retryAfterMs: 60_000 },
  30002: { kind: 'later', code: 'gateway.account-suspended' },
  63038: { kind: 'later', code: 'gateway.throttled', retryAfterMs: 15 * 60_000 },
};

export function twilioMeaning(code: number | null): ProviderError {
  return meanings[code ?? 0] ?? { kind: 'rejected', code: 'gateway.refused' };
}

/** 30005: no such handset, 30006: a landline, 21614 and the like: no mobile number. */
export function isBadNumber(code: number | null): boolean {
  return code === 30005 || code === 30006 || meanings[code ?? 0]?.badAddress === true;
}

/** Its owner has sent STOP to the sender. */
export const TWILIO_OPTED_OUT = 21610;

/** The validity of the message was over before it could be delivered. */
export const TWILIO_EXPIRED = 30036;
