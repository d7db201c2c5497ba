import type { Clock } from '#shared/util/index.ts';
import { type FetchFailure, fetchFailure } from './fetch-failure.ts';

export interface HttpRequest {
  method: 'GET' | 'POST';
  /** absolute */
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: HttpBody;
  /** default 30 s, from the first byte to the last */
  timeoutMs?: number;
  /** most bytes of an answer; default 2 MB */
  maxBytes?: number;
}

export type HttpBody =
  | { kind: 'json'; value: unknown }
  | { kind: 'form'; fields: readonly (readonly [string, string])[] }
  | { kind: 'bytes'; bytes: Uint8Array; mediaType: string }
  | { kind: 'multipart'; form: FormData };

/** What came of one request. */
export type Exchange =
  | HttpAnswer
  /** nothing of it can have reached the provider */
  | { kind: 'notSent'; code: string; detail: string }
  /** it may have reached the provider, and what it said cannot be known or read */
  | { kind: 'lost'; code: string; detail: string };

export interface HttpAnswer {
  kind: 'answer';
  status: number;
  /** of `Retry-After` in seconds or as a date */
  retryAfterMs: number | null;
  /** of redirects, which are never followed: a login must not travel on */
  location: string | null;
  mediaType: string;
  bytes: Uint8Array;
  text(): string;
  /** undefined when it is no JSON */
  json(): unknown;
}

export type HttpClient = (request: HttpRequest) => Promise<Exchange>;

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 2 * 1024 * 1024;

/** One request at a time, without retries and redirects; never throws. */
export function createHttpClient(options: {
  fetch: typeof globalThis.fetch;
  clock: Clock;
}): HttpClient {
  const { clock } = options;
  return async (request) => {
    const abort = new AbortController();
    const timeoutMs = request.timeoutMs ?? TIMEOUT_MS;
    const cancel = clock.setTimer(timeoutMs, () => abort.abort());
    try {
      const response = await options.fetch(request.url, {
        method: request.method,
        redirect: 'manual',
        signal: abort.signal,
        ...encoded(request),
      });
      const bytes = await readLimited(response, request.maxBytes ?? MAX_BYTES);
      if (bytes === null) return lost('gateway.bad-answer', 'the answer is too large');
      return answer(response, bytes, clock.now());
    } catch (error) {
      if (abort.signal.aborted) return lost('gateway.no-answer', `no answer in ${timeoutMs} ms`);
      return fetchFailure(error);
    } finally {
      cancel();
    }
  };
}

function lost(code: string, detail: string): FetchFailure {
  return { kind: 'lost', code, detail };
}

function encoded({ headers = {}, body }: HttpRequest): {
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer> | FormData;
} {
  const common = { accept: 'application/json', 'user-agent': 'Dialdesk', ...headers };
  switch (body?.kind) {
    case undefined:
      return { headers: common };
    case 'json':
      return {
        headers: { ...common, 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body.value),
      };
    case 'form':
      return {
        headers: {
          ...common,
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        },
        body: formText(body.fields),
      };
    case 'bytes':
      return {
        headers: { ...common, 'content-type': body.mediaType },
        body: new Uint8Array(body.bytes),
      };
    case 'multipart':
      // `fetch` makes the boundary.
      return { headers: common, body: body.form };
  }
}

/** @returns null when there are more than `maxBytes` */
async function readLimited(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    // Leaving the loop cancels the stream and its connection.
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function answer(response: Response, bytes: Uint8Array, now: number): HttpAnswer {
  const text = () => new TextDecoder().decode(bytes);
  return {
    kind: 'answer',
    status: response.status,
    retryAfterMs: retryAfter(response.headers.get('retry-after'), now),
    location: response.headers.get('location'),
    mediaType: response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '',
    bytes,
    text,
    json() {
      try {
        return JSON.parse(text()) as unknown;
      } catch {
        return undefined;
      }
    },
  };
}

/** Whatever a server says: a header of years would silence its gateway for good. */
const LONGEST_RETRY_MS = 3_600_000;

/** @see RFC 9110 §10.2.3 */
function retryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, ms), LONGEST_RETRY_MS);
}

function formText(fields: readonly (readonly [string, string])[]): string {
  const form = new URLSearchParams();
  for (const [name, value] of fields) form.append(name, value);
  return form.toString();
}
