import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '#shared/util/index.ts';
import { COMMON_HEADERS } from './http-answers.ts';
import type { RefusalAudit } from './limited-audit.ts';

/** `hook`: a provider reports to `/hook/…`; `document`: somebody opens a link, `/d/…`. */
export type PublicKind = 'hook' | 'document';

/** A request from the internet, which proves itself by nothing but a token in its path. */
export interface PublicRequest {
  kind: PublicKind;
  method: string;
  /** behind `/hook/` or `/d/`, without the query, still percent-encoded */
  path: string;
  /** with its `?`; '' when there is none */
  query: string;
  /** path and query as they came */
  target: string;
  /** names in lower case; of several values the first */
  headers: Readonly<Record<string, string>>;
  /** Reads the body, at most 2 MB within 15 s; null: it was larger, slower or broke off. For those only who know the token. */
  body(): Promise<Uint8Array | null>;
}

export interface PublicReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array;
}

/** What answers the internet; `app/` supplies it. */
export interface PublicRoutes {
  /** Whether a `Host`, in lower case, is that of the engine's address on the internet. */
  isOurHost(host: string): boolean;
  /** @returns null for a token that is not known: all of those get the same answer */
  handle(request: PublicRequest): Promise<PublicReply | null>;
}

export const MAX_PUBLIC_BODY_BYTES = 2 * 1024 * 1024;
const BODY_WITHIN_MS = 15_000;
/**
 * Requests under way at once, of each kind, so that who reads documents slowly holds up no reports. A document counts until
 * it is read: it is in memory meanwhile.
 */
const MAX_UNDER_WAY: Readonly<Record<PublicKind, number>> = { hook: 64, document: 32 };
/** A document that is not fetched by then is given up. */
const READ_WITHIN_MS = 120_000;
/** unknown tokens a minute, of all the internet, that are still answered with care */
const MAX_UNKNOWN = 120;
const MINUTE_MS = 60_000;

const METHODS: Readonly<Record<PublicKind, readonly string[]>> = {
  hook: ['GET', 'POST'],
  document: ['GET', 'HEAD'],
};

/** What stands before the token. */
export const publicPrefixes: Readonly<Record<PublicKind, string>> = {
  hook: '/hook/',
  document: '/d/',
};

export interface PublicGate {
  serve(
    kind: PublicKind,
    request: IncomingMessage,
    response: ServerResponse,
    remote: string,
  ): Promise<void>;
}

/**
 * Answers `/hook/…` and `/d/…`. An unknown token, a wrong method and a token of the other kind are answered alike, and
 * nothing of their bodies is read. Many unknown ones in a minute are answered 429 without being looked into further; known
 * tokens pass all the same, because behind a proxy every request comes from one address.
 */
export function createPublicGate(options: {
  routes: PublicRoutes;
  clock: Clock;
  refused: RefusalAudit;
}): PublicGate {
  const { routes, clock, refused } = options;
  const underWay: Record<PublicKind, number> = { hook: 0, document: 0 };
  let unknown = { since: clock.monotonic(), count: 0 };

  const refuse = (kind: PublicKind, response: ServerResponse, remote: string) => {
    const now = clock.monotonic();
    if (now - unknown.since >= MINUTE_MS) unknown = { since: now, count: 0 };
    unknown.count += 1;
    refused('contract.unknown-public-link', remote, { path: kind });
    send(response, plain(unknown.count > MAX_UNKNOWN ? 429 : 404), true);
  };

  return {
    async serve(kind, request, response, remote) {
      const method = request.method ?? '';
      if (!METHODS[kind].includes(method)) return refuse(kind, response, remote);
      if (underWay[kind] >= MAX_UNDER_WAY[kind]) return send(response, plain(503), true);
      underWay[kind] += 1;
      try {
        const reply = await routes.handle(publicRequest(kind, request, clock));
        if (reply === null) return refuse(kind, response, remote);
        send(response, reply, !request.complete, method === 'HEAD');
        if (kind === 'document') await isRead(response, clock);
      } finally {
        underWay[kind] -= 1;
      }
    },
  };
}

/** Until the other end has all of it, is gone, or takes too long. */
function isRead(response: ServerResponse, clock: Clock): Promise<void> {
  if (response.closed || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = clock.setTimer(READ_WITHIN_MS, () => {
      response.destroy();
      resolve();
    });
    response.once('close', () => {
      cancel();
      resolve();
    });
  });
}

function publicRequest(kind: PublicKind, request: IncomingMessage, clock: Clock): PublicRequest {
  const target = request.url ?? '/';
  const [path = '', ...rest] = target.split('?');
  return {
    kind,
    method: request.method ?? '',
    path: path.slice(publicPrefixes[kind].length),
    query: rest.length === 0 ? '' : `?${rest.join('?')}`,
    target,
    headers: firstValues(request.headers),
    body: () => readBody(request, clock),
  };
}

function firstValues(headers: IncomingMessage['headers']): Record<string, string> {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) single[name] = first;
  }
  return single;
}

function readBody(request: IncomingMessage, clock: Clock): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (body: Uint8Array | null) => {
      cancel();
      request.removeAllListeners('data');
      if (body === null) request.pause();
      resolve(body);
    };
    const cancel = clock.setTimer(BODY_WITHIN_MS, () => settle(null));
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_PUBLIC_BODY_BYTES) settle(null);
      else chunks.push(chunk);
    });
    request.once('end', () => settle(Buffer.concat(chunks)));
    request.once('error', () => settle(null));
    request.once('close', () => settle(request.complete ? Buffer.concat(chunks) : null));
  });
}

function plain(status: number): PublicReply {
  const texts: Record<number, string> = { 404: 'Not found', 429: 'Too many requests' };
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: texts[status] ?? 'Try again later',
  };
}

function send(
  response: ServerResponse,
  reply: PublicReply,
  close: boolean,
  withoutBody = false,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(reply.status, {
    ...COMMON_HEADERS,
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
    ...reply.headers,
    'content-length': Buffer.byteLength(reply.body),
    // What is left of a body is not read, so the connection cannot carry another request.
    ...(close ? { connection: 'close' } : {}),
  });
  response.end(withoutBody ? undefined : reply.body);
}
