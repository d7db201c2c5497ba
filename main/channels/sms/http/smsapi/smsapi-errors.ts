import type { ProviderError } from '../common/hand-over.ts';

const badNumber: ProviderError = { kind: 'rejected', code: 'gateway.bad-number', badAddress: true };
const badText: ProviderError = { kind: 'rejected', code: 'gateway.message-refused' };
const badMedia: ProviderError = { kind: 'rejected', code: 'gateway.media-refused' };
const login: ProviderError = { kind: 'later', code: 'gateway.login-refused' };
const busy: ProviderError = { kind: 'later', code: 'gateway.throttled', retryAfterMs: 2_000 };
const broken: ProviderError = { kind: 'unknown', code: 'gateway.server-error' };

/** `error` of an answer; https://www.smsapi.pl/docs, chapter of error codes. */
const meanings: Readonly<Record<number, ProviderError>> = {
  11: badText,
  12: badText,
  13: badNumber,
  14: { kind: 'rejected', code: 'gateway.sender-refused' },
  17: badText,
  21: { kind: 'rejected', code: 'gateway.media-too-large' },
  22: badMedia,
  23: badMedia,
  // more than ten messages to one number within a minute
  52: { kind: 'later', code: 'gateway.throttled', retryAfterMs: 60_000 },
  // our id was given before: an earlier hand-over did reach them
  53: { kind: 'unknown', code: 'gateway.already-taken' },
  57: { kind: 'rejected', code: 'gateway.opted-out-there' },
  94: badText,
  101: login,
  102: login,
  103: { kind: 'later', code: 'gateway.no-credit' },
  105: { kind: 'later', code: 'gateway.ip-not-allowed' },
  110: { kind: 'later', code: 'gateway.not-allowed' },
  200: { kind: 'later', code: 'gateway.throttled', retryAfterMs: 10_000 },
  201: broken,
  202: busy,
  203: busy,
  999: broken,
  1000: { kind: 'later', code: 'gateway.not-allowed' },
  1001: { kind: 'later', code: 'gateway.bad-address' },
};

export function smsapiMeaning(code: number): ProviderError {
  return meanings[code] ?? { kind: 'rejected', code: 'gateway.refused' };
}
