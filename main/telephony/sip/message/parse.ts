import { splitOutsideQuotes } from './header-values.ts';
import type { SipHeader, SipMessage } from './sip-message.ts';

/** Why something is not a SIP message; a fixed word, so that no content reaches a log. */
export type ParseFailure =
  | 'too-large'
  | 'no-header-end'
  | 'start-line'
  | 'version'
  | 'header-line'
  | 'too-many-headers'
  | 'truncated-body'
  | 'content-length';

export type ParseResult =
  | { ok: true; message: SipMessage }
  /** `message` holds what could be read, enough to answer 400 when it is a request */
  | { ok: false; failure: ParseFailure; message: SipMessage | null };

/** What UDP can carry; SIP over WebSocket is kept to the same. */
export const MAX_MESSAGE_BYTES = 65_535;
const MAX_HEADERS = 256;
const MAX_LINE_CHARACTERS = 8192;

/** Short header names (RFC 3261 §7.3.3, RFC 3515, RFC 4028, RFC 6665, RFC 3841). */
const LONG_NAMES: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
};

const TOKEN = /^[A-Za-z0-9.!%*_+`'~-]+$/;
const STATUS_LINE = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i;
const REQUEST_LINE = /^(\S{1,64}) (\S{1,2048}) (SIP\/\d+\.\d+)$/i;

/**
 * Reads one SIP message from one datagram or frame: lines are unfolded, short names expanded and Via lists split, so
 * that nothing after this sees those forms. Never throws.
 * @param bytes the whole datagram; what follows Content-Length is dropped (RFC 3261 §18.3)
 */
export function parseMessage(bytes: Uint8Array): ParseResult {
  if (bytes.length > MAX_MESSAGE_BYTES) return fail('too-large');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = skipLeadingLineEnds(buffer);
  const headerEnd = buffer.indexOf('\r\n\r\n', start, 'latin1');
  if (headerEnd < 0) return fail('no-header-end');
  const lines = unfold(buffer.toString('utf8', start, headerEnd));
  const message = readStartLine(lines[0] ?? '');
  if (typeof message === 'string') return fail(message);
  const failure = readHeaders(lines.slice(1), message.headers);
  if (failure) return fail(failure, message);
  return readBody(message, buffer.subarray(headerEnd + 4));
}

function fail(failure: ParseFailure, message: SipMessage | null = null): ParseResult {
  return { ok: false, failure, message };
}

function skipLeadingLineEnds(buffer: Buffer): number {
  let start = 0;
  while (buffer[start] === 0x0d || buffer[start] === 0x0a) start += 1;
  return start;
}

function unfold(head: string): string[] {
  const lines: string[] = [];
  for (const line of head.split('\r\n')) {
    if (/^[ \t]/.test(line) && lines.length > 1) lines[lines.length - 1] += ` ${line.trim()}`;
    else lines.push(line);
  }
  return lines;
}

function readStartLine(line: string): SipMessage | ParseFailure {
  if (line.length > MAX_LINE_CHARACTERS) return 'start-line';
  const status = STATUS_LINE.exec(line);
  if (status) {
    return {
      kind: 'response',
      status: Number(status[1]),
      reasonPhrase: status[2] ?? '',
      headers: [],
      body: '',
    };
  }
  const request = REQUEST_LINE.exec(line);
  if (!request?.[1] || !request[2] || !TOKEN.test(request[1])) return 'start-line';
  if (request[3]?.toUpperCase() !== 'SIP/2.0') return 'version';
  return { kind: 'request', method: request[1], requestUri: request[2], headers: [], body: '' };
}

function readHeaders(lines: string[], into: SipHeader[]): ParseFailure | null {
  let damaged = false;
  for (const line of lines) {
    if (into.length >= MAX_HEADERS) return 'too-many-headers';
    const colon = line.indexOf(':');
    const rawName = colon < 0 ? '' : line.slice(0, colon).trim();
    if (line.length > MAX_LINE_CHARACTERS || !TOKEN.test(rawName) || hasControl(line)) {
      damaged = true;
      continue;
    }
    const name = LONG_NAMES[rawName.toLowerCase()] ?? rawName;
    const value = line.slice(colon + 1).trim();
    const values = name.toLowerCase() === 'via' ? splitOutsideQuotes(value, ',') : [value];
    for (const single of values) into.push({ name, value: single.trim() });
  }
  return damaged ? 'header-line' : null;
}

function hasControl(line: string): boolean {
  for (let index = 0; index < line.length; index += 1) {
    const code = line.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true;
  }
  return false;
}

function readBody(message: SipMessage, rest: Buffer): ParseResult {
  const stated = message.headers.filter((item) => item.name.toLowerCase() === 'content-length');
  const first = stated[0]?.value;
  if (first === undefined)
    return { ok: true, message: { ...message, body: rest.toString('utf8') } };
  if (!/^\d{1,6}$/.test(first) || stated.some((item) => item.value !== first)) {
    return fail('content-length', message);
  }
  const length = Number(first);
  if (length > rest.length) return fail('truncated-body', message);
  return { ok: true, message: { ...message, body: rest.toString('utf8', 0, length) } };
}
