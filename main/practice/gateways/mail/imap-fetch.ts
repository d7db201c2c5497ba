import { type ImapWord, quoted } from './imap-words.ts';
import type { KeptMail } from './mailbox.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * What FETCH answers of one mail (RFC 3501 §7.4.2).
 * @returns pieces to be written one after another; null for an item that this server does not know
 */
export function fetchAnswer(
  mail: KeptMail,
  sequence: number,
  asked: readonly ImapWord[],
  withUid: boolean,
): Buffer | null {
  const items = new Set(asked.flat().map((word) => String(word)));
  if (withUid) items.add('UID');
  const pieces: Buffer[] = [];
  for (const item of items) {
    const piece = itemAnswer(mail, item.toUpperCase());
    if (piece === null) return null;
    if (pieces.length > 0) pieces.push(Buffer.from(' '));
    pieces.push(piece);
  }
  return Buffer.concat([Buffer.from(`* ${sequence} FETCH (`), ...pieces, Buffer.from(')\r\n')]);
}

function itemAnswer(mail: KeptMail, item: string): Buffer | null {
  if (item === 'UID') return Buffer.from(`UID ${mail.uid}`);
  if (item === 'FLAGS') return Buffer.from(`FLAGS (${[...mail.flags].join(' ')})`);
  if (item === 'RFC822.SIZE') return Buffer.from(`RFC822.SIZE ${mail.raw.length}`);
  if (item === 'INTERNALDATE')
    return Buffer.from(`INTERNALDATE ${quoted(internalDate(mail.receivedAt))}`);
  const body = /^BODY(?:\.PEEK)?\[(HEADER|TEXT)?\](?:<(\d+)\.(\d+)>)?$/.exec(item);
  return body === null ? null : bodyAnswer(mail.raw, body[1] ?? '', body[2], body[3]);
}

function bodyAnswer(
  raw: Buffer,
  section: string,
  start: string | undefined,
  length: string | undefined,
): Buffer {
  const found = raw.indexOf('\r\n\r\n');
  const end = found < 0 ? raw.length : found + 4;
  const whole =
    section === 'HEADER' ? raw.subarray(0, end) : section === 'TEXT' ? raw.subarray(end) : raw;
  const from = Number(start ?? 0);
  const bytes = length === undefined ? whole : whole.subarray(from, from + Number(length));
  const origin = start === undefined ? '' : `<${from}>`;
  return Buffer.concat([Buffer.from(`BODY[${section}]${origin} {${bytes.length}}\r\n`), bytes]);
}

/** As in RFC 3501 §9 `date-time`, in UTC. */
export function internalDate(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = String(date.getUTCDate()).padStart(2, ' ');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${day}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()} ${time} +0000`;
}
