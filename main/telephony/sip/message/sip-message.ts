/** One header line after unfolding: name in its long form, value trimmed. */
export interface SipHeader {
  name: string;
  value: string;
}

interface MessageParts {
  headers: SipHeader[];
  body: string;
}

export interface SipRequest extends MessageParts {
  kind: 'request';
  method: string;
  requestUri: string;
}

export interface SipResponse extends MessageParts {
  kind: 'response';
  status: number;
  reasonPhrase: string;
}

export type SipMessage = SipRequest | SipResponse;

/** First value of a header, by its long name in any case; null when absent. */
export function header(message: MessageParts, name: string): string | null {
  const wanted = name.toLowerCase();
  for (const item of message.headers) if (item.name.toLowerCase() === wanted) return item.value;
  return null;
}

/** All values of a header in the order they arrived. */
export function headers(message: MessageParts, name: string): string[] {
  const wanted = name.toLowerCase();
  return message.headers.filter((item) => item.name.toLowerCase() === wanted).map((h) => h.value);
}

/** The same message with the first header of this name replaced, or added at the end. */
export function withHeader<Message extends SipMessage>(
  message: Message,
  name: string,
  value: string,
): Message {
  const wanted = name.toLowerCase();
  const index = message.headers.findIndex((item) => item.name.toLowerCase() === wanted);
  const copy = [...message.headers];
  if (index < 0) copy.push({ name, value });
  else copy[index] = { name, value };
  return { ...message, headers: copy };
}

/** CSeq's number and method (RFC 3261 §20.16), null when it is not of that form. */
export function cseqOf(message: MessageParts): { number: number; method: string } | null {
  const match = /^(\d{1,10})\s+([A-Za-z0-9.!%*_+`'~-]+)$/.exec(header(message, 'CSeq') ?? '');
  if (!match) return null;
  const number = Number(match[1]);
  return number < 2 ** 31 ? { number, method: match[2] ?? '' } : null;
}

/** Text as it goes to the network; Content-Length is counted again in bytes. */
export function serialise(message: SipMessage): string {
  const start =
    message.kind === 'request'
      ? `${message.method} ${message.requestUri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reasonPhrase}`;
  const lines = message.headers
    .filter((item) => item.name.toLowerCase() !== 'content-length')
    .map((item) => `${item.name}: ${item.value}`);
  const length = Buffer.byteLength(message.body, 'utf8');
  return `${[start, ...lines, `Content-Length: ${length}`].join('\r\n')}\r\n\r\n${message.body}`;
}
