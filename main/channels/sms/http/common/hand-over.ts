import type { HandOver } from '../../../types.ts';
import type { Exchange, HttpAnswer } from './http-client.ts';

/** After this long an account without credit, or with a wrong login, is tried again. */
export const ACCOUNT_RETRY_MS = 5 * 60_000;
const THROTTLED_RETRY_MS = 2_000;

export const rejected = (code: string, detail: string | null, badAddress = false): HandOver => ({
  kind: 'rejected',
  code,
  detail: shorten(detail),
  badAddress,
});

export const later = (
  code: string,
  detail: string | null,
  retryAfterMs: number | null = null,
): HandOver => ({ kind: 'later', code, detail: shorten(detail), retryAfterMs });

export const unknown = (code: string, detail: string | null): HandOver => ({
  kind: 'unknown',
  code,
  detail: shorten(detail),
});

/**
 * What an exchange without a provider's own word means: nothing sent → later, lost → unknown, 429 → later. A login that is
 * refused and an account without credit must not burn messages: they wait. 5xx may have been taken.
 * @returns null for an answer that the provider's own reader judges: 2xx, and 4xx with a body
 */
export function commonHandOver(exchange: Exchange): HandOver | null {
  if (exchange.kind === 'notSent') return later(exchange.code, exchange.detail);
  if (exchange.kind === 'lost') return unknown(exchange.code, exchange.detail);
  const { status, retryAfterMs } = exchange;
  if (status === 429) {
    return later('gateway.throttled', httpDetail(exchange), retryAfterMs ?? THROTTLED_RETRY_MS);
  }
  if (status === 401 || status === 403) {
    return later('gateway.login-refused', httpDetail(exchange), ACCOUNT_RETRY_MS);
  }
  if (status === 402) return later('gateway.no-credit', httpDetail(exchange), ACCOUNT_RETRY_MS);
  // A proxy or a wrong address: nothing that sends messages was asked.
  if (status >= 300 && status < 400) {
    return later('gateway.bad-address', httpDetail(exchange), ACCOUNT_RETRY_MS);
  }
  if (status >= 500) return unknown('gateway.server-error', httpDetail(exchange));
  return null;
}

/** What to say of an answer nobody can read. 2xx: taken or not; 4xx: not taken. */
export function unreadable(answer: HttpAnswer): HandOver {
  if (answer.status < 300) return unknown('gateway.bad-answer', httpDetail(answer));
  if (answer.status === 404 || answer.status === 405) {
    return later('gateway.bad-address', httpDetail(answer), ACCOUNT_RETRY_MS);
  }
  return rejected('gateway.refused', httpDetail(answer));
}

/** `HTTP 500`; bodies are left out, because they repeat numbers and texts. */
export function httpDetail({ status }: HttpAnswer): string {
  return `HTTP ${status}`;
}

const MAX_DETAIL = 200;

function shorten(detail: string | null): string | null {
  return detail !== null && detail.length > MAX_DETAIL ? `${detail.slice(0, MAX_DETAIL)}…` : detail;
}

/** What stands for an error of a provider. */
export interface ProviderError {
  kind: 'rejected' | 'later' | 'unknown';
  code: string;
  badAddress?: boolean;
  retryAfterMs?: number;
}

/** The meaning of a provider's own error code. */
export function fromProviderError(
  meaning: ProviderError,
  word: string | number,
  text: string | null,
): HandOver {
  const detail = text === null || text === '' ? String(word) : `${word}: ${text}`;
  if (meaning.kind === 'rejected') {
    return rejected(meaning.code, detail, meaning.badAddress ?? false);
  }
  if (meaning.kind === 'unknown') return unknown(meaning.code, detail);
  return later(meaning.code, detail, meaning.retryAfterMs ?? ACCOUNT_RETRY_MS);
}
