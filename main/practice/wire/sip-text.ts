/**
 * Just enough reading of SIP for what stands before the endpoint (registrar, challenge, silence). What is not
 * understood here is passed on: judging it is the endpoint's work.
 */
export interface SipRequestText {
  method: string;
  requestUri: string;
  headers: ReadonlyMap<string, readonly string[]>;
}

const longNames: Record<string, string> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
};

/** @returns null for a response, a keep-alive or anything that is no SIP request */
export function readRequest(packet: Uint8Array): SipRequestText | null {
  const text = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength).toString('utf8');
  const [head = ''] = text.split('\r\n\r\n', 1);
  const [startLine = '', ...lines] = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const start = /^([A-Z]{1,20}) (\S+) SIP\/2\.0$/.exec(startLine);
  if (!start) return null;
  return { method: start[1] ?? '', requestUri: start[2] ?? '', headers: readHeaders(lines) };
}

function readHeaders(lines: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const key = longNames[name] ?? name;
    const values = headers.get(key) ?? [];
    values.push(line.slice(colon + 1).trim());
    headers.set(key, values);
  }
  return headers;
}

export function firstHeader(request: SipRequestText, name: string): string {
  return request.headers.get(name)?.[0] ?? '';
}

/** User part of a SIP or tel URI, also inside a name-addr. */
export function userOf(uri: string): string {
  const match = /(?:sips?|tel):([^@;>]+)/i.exec(uri);
  return decodeURIComponent(match?.[1] ?? '');
}

export interface ReplyParts {
  status: number;
  reasonPhrase: string;
  from: { host: string; port: number };
  extraHeaders?: readonly string[];
}

/** A response made of the request's own headers (RFC 3261 §8.2.6), with `received` and `rport` (RFC 3581). */
export function writeReply(request: SipRequestText, parts: ReplyParts): Buffer {
  const vias = (request.headers.get('via') ?? []).map((via, index) =>
    index === 0 ? addSource(via, parts.from) : via,
  );
  const to = firstHeader(request, 'to');
  const taggedTo = /;\s*tag=/i.test(to) ? to : `${to};tag=practice`;
  const lines = [
    `SIP/2.0 ${parts.status} ${parts.reasonPhrase}`,
    ...vias.map((via) => `Via: ${via}`),
    `From: ${firstHeader(request, 'from')}`,
    `To: ${taggedTo}`,
    `Call-ID: ${firstHeader(request, 'call-id')}`,
    `CSeq: ${firstHeader(request, 'cseq')}`,
    ...(parts.extraHeaders ?? []),
    'Content-Length: 0',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8');
}

function addSource(via: string, from: { host: string; port: number }): string {
  const withPort = via.replace(/;rport(?=;|,|\s|$)/i, `;rport=${from.port}`);
  return withPort === via ? via : `${withPort};received=${from.host}`;
}
