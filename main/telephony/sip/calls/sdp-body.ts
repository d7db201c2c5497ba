import type { Body } from 'sip.js/lib/core/index.js';

/** Wraps an SDP the way sip.js wants bodies. */
export function sdpBody(sdp: string): Body {
  return { contentDisposition: 'session', contentType: 'application/sdp', content: sdp };
}

interface BodyCarrier {
  body?: string;
  getHeader(name: string): string | undefined;
}

/** The SDP of a message, alone or as one part of a multipart body (RFC 5621); null when it has none. */
export function sdpOf(message: BodyCarrier): string | null {
  const type = (message.getHeader('Content-Type') ?? '').toLowerCase();
  const body = message.body ?? '';
  if (body === '') return null;
  if (type.startsWith('application/sdp')) return body;
  if (!type.startsWith('multipart/')) return null;
  const boundary = /boundary="?([^";]+)"?/i.exec(message.getHeader('Content-Type') ?? '')?.[1];
  if (!boundary) return null;
  for (const part of body.split(`--${boundary}`)) {
    const split = part.indexOf('\r\n\r\n');
    if (split >= 0 && /content-type:\s*application\/sdp/i.test(part.slice(0, split))) {
      return part.slice(split + 4);
    }
  }
  return null;
}
