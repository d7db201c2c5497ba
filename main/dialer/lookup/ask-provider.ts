import type { Credentials, HttpProvider, LookupProvider, NumberAnswer } from './provider.ts';

export type FetchLike = (url: string, init?: RequestInit) => Promise<Response>;

/** What came of one question. Errors name a status or a kind, never what was sent: keys and numbers are in it. */
export type Asked =
  | { kind: 'answers'; answers: NumberAnswer[] }
  /** try again, not before `afterMs`; `charged`: the question may have arrived, and nobody said that it was not taken */
  | { kind: 'retry'; error: string; afterMs: number | null; charged: boolean }
  /** no use to go on: key, address, contract */
  | { kind: 'failed'; error: string }
  /** the provider does not take these numbers */
  | { kind: 'refused'; error: string };

const LONGEST_MS = 60_000;
const LONGEST_WAIT_MS = 5 * 60_000;

export async function askProvider(
  provider: LookupProvider,
  numbers: readonly string[],
  credentials: Credentials,
  ports: { fetch: FetchLike; now: number; signal: AbortSignal },
): Promise<Asked> {
  if (provider.kind === 'local')
    return {
      kind: 'answers',
      answers: numbers.map((number) => provider.answer(number, ports.now)),
    };
  const { url, method, headers, body } = provider.request(numbers, credentials, ports.now);
  try {
    const response = await ports.fetch(url, {
      method,
      headers,
      ...(body === null ? {} : { body }),
      // a redirection would carry the key elsewhere
      redirect: 'error',
      signal: AbortSignal.any([ports.signal, AbortSignal.timeout(LONGEST_MS)]),
    });
    return await readReply(provider, numbers, response);
  } catch (error) {
    return {
      kind: 'retry',
      error: networkError(error),
      afterMs: null,
      charged: mayHaveArrived(error),
    };
  }
}

async function readReply(
  provider: HttpProvider,
  numbers: readonly string[],
  response: Response,
): Promise<Asked> {
  const { status, ok } = response;
  const error = `http-${status}`;
  if (ok) {
    const body: unknown = await response.json().catch(() => null);
    return { kind: 'answers', answers: body === null ? [] : provider.read(body, numbers) };
  }
  if (status === 429 || status === 408 || status >= 500)
    return { kind: 'retry', error, afterMs: retryAfterMs(response), charged: false };
  if (status === 401 || status === 402 || status === 403) return { kind: 'failed', error };
  return { kind: 'refused', error };
}

/** In seconds (RFC 9110 §10.2.3); a date is not read, the usual wait then holds. */
function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0
    ? Math.min(LONGEST_WAIT_MS, seconds * 1000)
    : null;
}

function networkError(error: unknown): string {
  return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'network';
}

/** errors of connections that were never made */
const NEVER_SENT: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
]);

function mayHaveArrived(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return !NEVER_SENT.has(code);
}
