import { createHash } from 'node:crypto';
import PostalMime, { type Address, type Attachment, addressParser, type Email } from 'postal-mime';
import { readHeaderIds } from '../compose/message-ids.ts';
import { attachmentName } from './attachment-name.ts';
import { countMarkers, countShortLines } from './count-markers.ts';
import { htmlToText } from './html-to-text.ts';

/** One file that came with a mail, or a part of it that is no text to read. */
export interface MailPart {
  name: string;
  /** lower case, without parameters */
  mediaType: string;
  bytes: Uint8Array;
}

export interface ParsedMail {
  /** by name in lower case, in order, unfolded, not decoded */
  header(name: string): string[];
  /** of the first author, lower case; '' when nobody is named */
  from: string;
  to: string[];
  subject: string;
  /** with its angle brackets; null: it has none */
  headerId: string | null;
  /** what it answers, oldest first */
  references: string[];
  /** epoch ms; null: not said, or nonsense */
  date: number | null;
  /** text a person can read, made from `html` when that is all there is */
  text: string;
  /** as it came */
  html: string | null;
  parts: MailPart[];
  /** what makes this mail this mail, however it came: the same for a second copy of it */
  digest: string;
  /** something of it could not be read, or it was cut off */
  damaged: boolean;
}

export interface ParseLimits {
  /** bytes of all headers of all parts */
  headerBytes: number;
  nesting: number;
  /** lines that could begin a part */
  markers: number;
  /** lines shorter than those of encoded files */
  shortLines: number;
  parts: number;
  /** characters of text, and of HTML */
  text: number;
}

export const parseLimits: ParseLimits = {
  headerBytes: 256 * 1024,
  nesting: 20,
  markers: 20_000,
  shortLines: 100_000,
  parts: 60,
  text: 500_000,
};
/** Of a mail that cannot be taken apart: what is shown of it. */
const DAMAGED_BYTES = 64 * 1024;

/**
 * Takes a mail apart, whatever is wrong with it: what cannot be read is left out, and `damaged` says so.
 * Never throws for what stands in the mail.
 */
export async function parseMail(raw: Uint8Array, limits = parseLimits): Promise<ParsedMail> {
  const email = await parsed(raw, limits);
  if (email !== null) return read(email, limits, false);
  // too deep, too many headers or parts: the head and the beginning are worth more than nothing
  const head = await parsed(asPlainText(raw.subarray(0, DAMAGED_BYTES)), {
    ...limits,
    headerBytes: 2 * DAMAGED_BYTES,
  });
  return read(head ?? nothing, limits, true);
}

const nothing: Email = { headers: [], headerLines: [], attachments: [] };

async function parsed(raw: Uint8Array, limits: ParseLimits): Promise<Email | null> {
  if (countMarkers(raw, limits.markers) > limits.markers) return null;
  if (countShortLines(raw, limits.shortLines) > limits.shortLines) return null;
  try {
    return await PostalMime.parse(raw, {
      maxNestingDepth: limits.nesting,
      maxHeadersSize: limits.headerBytes,
      // what somebody forwards is not what somebody writes
      forceRfc822Attachments: true,
    });
  } catch {
    // the parser refuses what is over the limits; it has no other errors of its own for bytes
    return null;
  }
}

/** The same mail as one text: nothing in its head says any more that it has parts. */
function asPlainText(raw: Uint8Array): Uint8Array {
  const text = Buffer.from(raw).toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const head = text
    .slice(0, Math.min(end, DAMAGED_BYTES / 2))
    .replaceAll(/^content-(?:type|transfer-encoding):[^\n]*\n?(?:[ \t][^\n]*\n?)*/gim, '');
  return Buffer.from(`${head.trimEnd()}\r\n\r\n${text.slice(end).trimStart()}`, 'latin1');
}

function read(email: Email, limits: ParseLimits, damaged: boolean): ParsedMail {
  const header = (name: string) =>
    email.headers.filter(({ key }) => key === name).map(({ value }) => value);
  const html = email.html?.slice(0, limits.text) ?? null;
  const text = (email.text ?? (html === null ? '' : htmlToText(html))).slice(0, limits.text);
  const from = addressesOf(email.from === undefined ? [] : [email.from])[0] ?? '';
  const headerId = readHeaderIds(email.messageId ?? '', 1)[0] ?? null;
  return {
    header,
    from,
    to: addressesOf([...(email.to ?? []), ...(email.cc ?? [])]),
    subject: clean(email.subject ?? '').slice(0, 1_000),
    headerId,
    references: referencesOf(email),
    date: dateOf(email.date),
    text: clean(text).trimEnd(),
    html,
    parts: email.attachments.slice(0, limits.parts).map(part),
    digest: digestOf([headerId ?? '', from, email.subject ?? '', header('date')[0] ?? '', text]),
    damaged,
  };
}

function addressesOf(addresses: readonly Address[]): string[] {
  return addresses
    .flatMap((address) => (address.group === undefined ? [address] : address.group))
    .map(({ address }) => address.trim().toLowerCase())
    .filter((address) => address !== '' && address.length <= 320);
}

/** In-Reply-To names what is answered, References what came before; programs leave out one or the other. */
function referencesOf(email: Email): string[] {
  const answered = readHeaderIds(email.inReplyTo ?? '', 10);
  const before = readHeaderIds(email.references ?? '');
  return [...before.filter((id) => !answered.includes(id)), ...answered];
}

function dateOf(date: string | undefined): number | null {
  const at = Date.parse(date ?? '');
  return Number.isFinite(at) && at > 0 ? at : null;
}

/** Without what no text holds: the store keeps it as text, and a NUL would end it for somebody. */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is removed
  return text.replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '').replaceAll(/\r\n?/g, '\n');
}

function part(attachment: Attachment, index: number): MailPart {
  const mediaType = /^[\w.+-]+\/[\w.+-]+/.exec(attachment.mimeType.toLowerCase())?.[0];
  const kind = mediaType ?? 'application/octet-stream';
  return {
    name: attachmentName(attachment.filename, kind, index),
    mediaType: kind,
    bytes: bytesOf(attachment.content),
  };
}

function bytesOf(content: Attachment['content']): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

function digestOf(values: readonly string[]): string {
  const hash = createHash('sha256');
  for (const value of values) hash.update(`${value.length}:`).update(value);
  return hash.digest('base64url').slice(0, 22);
}

/** Addresses in a header that the parser does not read by itself. */
export function readAddresses(value: string): string[] {
  return addressesOf(addressParser(value.slice(0, 10_000)));
}
