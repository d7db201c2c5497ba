/** A request without an answer. */
export interface FetchFailure {
  kind: 'notSent' | 'lost';
  code: string;
  detail: string;
}

/** Failures before the first byte of a request left, by code of the system or of undici. */
const beforeSending: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/, 'gateway.host-unknown'],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/,
    'gateway.unreachable',
  ],
  [
    /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_)/,
    'gateway.tls-failed',
  ],
  [/^(ERR_INVALID_URL|UND_ERR_INVALID_ARG)$/, 'gateway.bad-address'],
];

/**
 * Whether a request that failed can have reached the other end. Only failures that certainly stand before the first byte
 * count as not sent; a connection that was reset may have carried everything.
 * @param error what `fetch` rejected with: a TypeError whose cause says more
 */
export function fetchFailure(error: unknown): FetchFailure {
  const codes = codesOf(error);
  for (const [pattern, code] of beforeSending) {
    // Of several addresses that were tried, each must have failed so.
    if (codes.length > 0 && codes.every((one) => pattern.test(one))) {
      return { kind: 'notSent', code, detail: codes.join(', ') };
    }
  }
  const detail = codes.length > 0 ? codes.join(', ') : String((error as Error)?.name ?? 'failed');
  return { kind: 'lost', code: 'gateway.no-answer', detail };
}

function codesOf(error: unknown): string[] {
  const failure = error as { code?: unknown; cause?: unknown; errors?: unknown } | null;
  if (failure === null || typeof failure !== 'object') return [];
  if (Array.isArray(failure.errors) && failure.errors.length > 0) {
    return failure.errors.flatMap(codesOf);
  }
  const own = typeof failure.code === 'string' ? [failure.code] : [];
  return own.length > 0 ? own : codesOf(failure.cause);
}
