import { AppError } from '#shared/errors/index.ts';

/** One part of a message: headers with names in lower case, and decoded bytes. */
export interface MimePart {
  headers: Readonly<Record<string, string>>;
  bytes: Buffer;
}

const MOST_PARTS = 60;
const DEEPEST = 4;

/**
 * Writes parts between boundaries. @see RFC 2046 §5.1
 * @param boundary that stands in none of the parts
 */
export function writeMultipart(
  parts: readonly { headers: Readonly<Record<string, string>>; bytes: Uint8Array }[],
  boundary: string,
): Buffer {
  const pieces: Uint8Array[] = [];
  for (const { headers, bytes } of parts) {
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    pieces.push(Buffer.from(`--${boundary}\r\n${head.join('')}\r\n`), bytes, Buffer.from('\r\n'));
  }
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

/**
 * All parts that hold something, those of nested multiparts too, in order. What is no multipart is its own only part.
 * @throws AppError `mm7.bad-request`: no boundary, too many parts, too deep
 */
export function readParts(contentType: string, bytes: Buffer, depth = 0): MimePart[] {
  if (!/^multipart\//i.test(contentType)) {
    return [{ headers: { 'content-type': contentType }, bytes }];
  }
  const boundary = parameter(contentType, 'boundary');
  if (boundary === null || depth > DEEPEST) throw badMime();
  const parts = split(bytes, boundary).flatMap((part) => {
    const read = readPart(part);
    const type = read.headers['content-type'] ?? 'text/plain';
    return /^multipart\//i.test(type) ? readParts(type, read.bytes, depth + 1) : [read];
  });
  if (parts.length > MOST_PARTS) throw badMime();
  return parts;
}

/** `name="value"` or `name=value` of a header. */
export function parameter(header: string, name: string): string | null {
  const match = new RegExp(`[;\\s]${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(header);
  return match?.[1] ?? match?.[2] ?? null;
}

function split(bytes: Buffer, boundary: string): Buffer[] {
  const mark = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  let from = bytes.indexOf(mark);
  while (from >= 0) {
    const start = from + mark.length;
    // two hyphens: the last one
    if (bytes[start] === 0x2d && bytes[start + 1] === 0x2d) return parts;
    const end = nextMark(bytes, mark, start);
    if (end < 0) throw badMime();
    parts.push(bytes.subarray(start, end));
    // before any of them is read: each costs memory
    if (parts.length > MOST_PARTS) throw badMime();
    from = end;
  }
  return parts;
}

/** At the start of a line: the same bytes may stand within a picture. */
function nextMark(bytes: Buffer, mark: Buffer, from: number): number {
  for (let at = bytes.indexOf(mark, from); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    if (bytes[at - 1] === 0x0a) return at;
  }
  return -1;
}

function readPart(part: Buffer): MimePart {
  const blank = /\r?\n\r?\n/.exec(part.toString('latin1'));
  if (blank === null) throw badMime();
  const headers = readHeaders(part.subarray(0, blank.index).toString('utf8'));
  const body = part.subarray(blank.index + blank[0].length);
  // the end of line before the mark belongs to the mark
  const end = body.length - (body.at(-2) === 0x0d ? 2 : 1);
  const content = body.subarray(0, Math.max(0, body.at(-1) === 0x0a ? end : body.length));
  return { headers, bytes: decode(content, headers['content-transfer-encoding'] ?? '') };
}

function readHeaders(text: string): Record<string, string> {
  const headers: Record<string, string> = {};
  // long ones go on in the next line
  for (const line of text.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0)
      headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

/** @see RFC 2045 §6 */
function decode(bytes: Buffer, encoding: string): Buffer {
  const name = encoding.trim().toLowerCase();
  if (name === 'base64') return Buffer.from(bytes.toString('latin1'), 'base64');
  if (name !== 'quoted-printable') return bytes;
  const text = bytes
    .toString('latin1')
    // a line of nothing but spaces would be searched through for each of them
    .replaceAll(/[ \t]{0,80}=\r?\n/g, '')
    .replaceAll(/=([0-9A-Fa-f]{2})/g, (_whole, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(text, 'latin1');
}

function badMime(): AppError {
  return new AppError('mm7.bad-request', 'the parts of the message cannot be told apart');
}

/** In the alphabet that the header names; UTF-8 when it names none, or one that nobody knows. */
export function decodeText(bytes: Uint8Array, contentType: string): string {
  try {
    return new TextDecoder(parameter(contentType, 'charset') ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
