import type { AdapterParts, HandOver, OutgoingMessage } from '../../types.ts';
import { decodeText, readParts } from './multipart.ts';
import { readEnvelope } from './soap.ts';
import { httpAnswer, submitAnswer } from './submit-answer.ts';
import { submitReq } from './submit-req.ts';

const ANSWER_MS = 60_000;
const LONGEST_ANSWER = 256 * 1024;
/** Whatever it says: a header of years would silence it for good. */
const LONGEST_RETRY_MS = 3_600_000;
/** the connection was never made: nothing can have left */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

type ClientParts = Pick<AdapterParts<'mm7'>, 'settings' | 'secrets' | 'clock' | 'fetch'>;

/** Hands one message to the centre. Never throws for what it does. */
export async function submit(
  parts: ClientParts,
  message: OutgoingMessage,
  ended: AbortSignal,
): Promise<HandOver> {
  const { settings, clock } = parts;
  const { contentType, body } = submitReq(message, settings, clock.now());
  const late = new AbortController();
  const cancel = clock.setTimer(ANSWER_MS, () => late.abort(new Error('no answer in time')));
  try {
    const response = await parts.fetch(settings.url, {
      method: 'POST',
      headers: { 'content-type': contentType, soapaction: '""', ...authorization(parts) },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([late.signal, ended]),
    });
    return await readAnswer(response);
  } catch (error) {
    return lost(error);
  } finally {
    cancel();
  }
}

export function authorization({ settings, secrets }: Pick<ClientParts, 'settings' | 'secrets'>) {
  const { user } = settings;
  if (user === '') return {};
  const login = Buffer.from(`${user}:${secrets.password ?? ''}`).toString('base64');
  return { authorization: `Basic ${login}` };
}

async function readAnswer(response: Response): Promise<HandOver> {
  const { status, headers } = response;
  const bytes = await limitedBody(response);
  const contentType = headers.get('content-type') ?? 'text/xml';
  const message = bytes === null ? null : envelopeOf(contentType, bytes);
  if (message !== null) return submitAnswer(message);
  if (status === 200) {
    return {
      kind: 'unknown',
      code: 'gateway.mm7-bad-answer',
      detail: 'HTTP 200 without an envelope',
    };
  }
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const isSaid = Number.isFinite(seconds) && seconds >= 0;
  return httpAnswer(status, isSaid ? Math.min(seconds * 1000, LONGEST_RETRY_MS) : null);
}

function envelopeOf(contentType: string, bytes: Buffer) {
  try {
    const [part] = readParts(contentType, bytes);
    return part ? readEnvelope(decodeText(part.bytes, part.headers['content-type'] ?? '')) : null;
  } catch {
    return null;
  }
}

/** @returns null when it is longer than any answer */
async function limitedBody(response: Response): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > LONGEST_ANSWER) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function lost(error: unknown): HandOver {
  const { code, reason } = causeOf(error);
  const neverConnected =
    NOT_CONNECTED.has(code) || /^(CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_|SELF_)/.test(code);
  const detail = code || reason;
  if (neverConnected) {
    return { kind: 'later', code: 'gateway.mm7-unreachable', detail, retryAfterMs: null };
  }
  return { kind: 'unknown', code: 'gateway.mm7-no-answer', detail };
}

/** `fetch` hides what happened below it; several addresses of a host are an error with several. */
export function causeOf(error: unknown): { code: string; reason: string } {
  const cause = (error as { cause?: unknown } | null)?.cause ?? error;
  const { code, errors, message } = cause as {
    code?: unknown;
    errors?: { code?: unknown }[];
    message?: unknown;
  };
  const first = errors?.[0]?.code;
  return { code: String(code ?? first ?? ''), reason: String(message ?? error) };
}
