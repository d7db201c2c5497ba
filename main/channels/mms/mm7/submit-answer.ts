import type { HandOver } from '../../types.ts';
import { type Mm7Message, readStatus } from './soap.ts';
import { textOf } from './xml.ts';

const LOGIN_AGAIN_MS = 60_000;
/** nobody has this number */
const ADDRESS_CODES = new Set([2002, 2003]);
/** the centre's own trouble: 3000, 4000, 4005, 4006 */
const LATER_CODES = new Set([3000, 4000, 4005, 4006]);
/** who we are, and what we may: a person has to set it right, and what waits is not lost meanwhile */
const LOGIN_CODES = new Set([4001, 4007]);

/**
 * What an answer to SubmitReq means.
 * 1xxx taken · 2xxx our mistake · 3xxx the centre's · 4xxx the service's.
 * @see 3GPP TS 23.140 §8.7.8.3
 */
export function submitAnswer(message: Mm7Message): HandOver {
  const { code, text } = readStatus(message);
  const detail = [code, text].filter((part) => part !== null).join(' ') || message.name;
  if (code === null) return { kind: 'unknown', code: 'gateway.mm7-bad-answer', detail };
  if (code >= 1000 && code < 2000) {
    const id = textOf(message.body, 'MessageID');
    return { kind: 'accepted', providerIds: id === null ? [] : [id], parts: 1 };
  }
  if (LATER_CODES.has(code)) {
    return { kind: 'later', code: 'gateway.mm7-busy', detail, retryAfterMs: null };
  }
  if (LOGIN_CODES.has(code)) return loginRefused(detail);
  const badAddress = ADDRESS_CODES.has(code);
  return { kind: 'rejected', code: 'gateway.mm7-rejected', detail, badAddress };
}

/** What an answer without an envelope means. */
export function httpAnswer(status: number, retryAfterMs: number | null): HandOver {
  const detail = `HTTP ${status}`;
  if (status === 401 || status === 403) return loginRefused(detail);
  if (status === 429 || status === 503) {
    return { kind: 'later', code: 'gateway.mm7-busy', detail, retryAfterMs };
  }
  if (status === 413) {
    return { kind: 'rejected', code: 'gateway.mm7-rejected', detail, badAddress: false };
  }
  // nothing that knows messages: another address, or the method is not taken there
  if (status >= 300 && status < 500) {
    return { kind: 'later', code: 'gateway.mm7-bad-answer', detail, retryAfterMs: LOGIN_AGAIN_MS };
  }
  // behind a proxy that gave up, the centre may have taken it
  return { kind: 'unknown', code: 'gateway.mm7-no-answer', detail };
}

function loginRefused(detail: string): HandOver {
  return { kind: 'later', code: 'gateway.mm7-login-refused', detail, retryAfterMs: LOGIN_AGAIN_MS };
}
