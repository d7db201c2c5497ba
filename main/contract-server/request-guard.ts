import type { IncomingHttpHeaders } from 'node:http';

export type PathKind =
  | 'contract'
  | 'sip'
  | 'upload'
  | 'health'
  | 'media'
  | 'static'
  | 'hook'
  | 'document';

export interface GuardSettings {
  /** `host:port` in lower case, exactly as clients may write it */
  hosts: ReadonlySet<string>;
  /** `scheme://host:port` in lower case */
  origins: ReadonlySet<string>;
  /** the engine's address on the internet: good for `/hook/` and `/d/` alone */
  isPublicHost?: ((host: string) => boolean) | undefined;
}

export type GuardVerdict =
  | {
      ok: true;
      /** a foreign origin that may read the answer (Electron's own scheme); null when none was named */
      origin: string | null;
    }
  | { ok: false; status: 403 | 421; reason: 'host' | 'origin' };

const REFUSED_ORIGIN = { ok: false, status: 403, reason: 'origin' } as const;

/**
 * Checks Host and Origin of a request before anything else is looked at. An exact Host defeats DNS rebinding, an exact
 * Origin defeats other pages. A missing or `null` Origin passes only where command-line clients come (`/contract`,
 * `/upload`) and only if nothing shows a browser; plain GETs, which browsers send without an Origin, pass when the
 * browser says that our own page (or the person, by opening the page) asked.
 * @see RFC 6454 §7, Fetch Metadata Request Headers §2
 */
export function checkRequest(
  kind: PathKind,
  headers: IncomingHttpHeaders,
  settings: GuardSettings,
): GuardVerdict {
  const host = headers.host?.toLowerCase();
  const isPublic = kind === 'hook' || kind === 'document';
  const isPublicHost = (name: string) => isPublic && settings.isPublicHost?.(name) === true;
  const known = host !== undefined && (settings.hosts.has(host) || isPublicHost(host));
  if (!known) return { ok: false, status: 421, reason: 'host' };
  // Providers name no origin, nor does a browser that follows a link: whoever does is a page that asks behind a person's back.
  if (isPublic) return headers.origin === undefined ? { ok: true, origin: null } : REFUSED_ORIGIN;
  const origin = headers.origin?.toLowerCase();
  if (origin !== undefined && origin !== 'null') {
    return settings.origins.has(origin) ? { ok: true, origin } : REFUSED_ORIGIN;
  }
  return mayLackOrigin(kind, headers, origin) ? { ok: true, origin: null } : REFUSED_ORIGIN;
}

function mayLackOrigin(
  kind: PathKind,
  headers: IncomingHttpHeaders,
  origin: 'null' | undefined,
): boolean {
  if (kind === 'contract' || kind === 'upload') return !looksLikeBrowser(headers);
  if (kind === 'sip' || origin === 'null') return false;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  // The shell's redirecting file and a link in a message lead here from elsewhere: only the page itself may be opened so.
  return (
    kind === 'static' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}

/** `sec-fetch-mode` alone is no sign: Node's own fetch and WebSocket send it. */
function looksLikeBrowser(headers: IncomingHttpHeaders): boolean {
  return (
    headers['sec-fetch-site'] !== undefined ||
    headers['sec-fetch-dest'] !== undefined ||
    headers['sec-fetch-user'] !== undefined ||
    (headers['user-agent'] ?? '').startsWith('Mozilla/')
  );
}
