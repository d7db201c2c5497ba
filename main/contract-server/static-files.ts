import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { answerJson, COMMON_HEADERS } from './http-answers.ts';

/** Text types name their charset: a bundle read as Latin-1 breaks sip.js's grammar and every translation. */
const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wasm': 'application/wasm',
};

/** The type of a file that is served, by its name; text names its charset. */
export function contentTypeOf(file: string): string {
  return CONTENT_TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
}

/** A content hash in the name, as the bundler writes it: `index-B4x9_dQz.js`. */
const HASHED_NAME = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

/**
 * Finds the file for a path of a URL below `root`. A path that names no file and has no extension is a route of the
 * renderer and gets `index.html`.
 * @returns null for anything that is not there, is hidden, or leads out of `root` (also through a link)
 */
export async function findStaticFile(root: string, urlPath: string): Promise<string | null> {
  const segments = safeSegments(urlPath);
  if (segments === null) return null;
  const realRoot = await realpath(root);
  const wanted = join(realRoot, ...segments);
  const file = await existingFile(realRoot, wanted);
  if (file !== null) return file;
  if (extname(wanted) !== '' && segments.length > 0) return null;
  return existingFile(realRoot, join(realRoot, 'index.html'));
}

function safeSegments(urlPath: string): string[] | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (/[\\\0:]/.test(decoded)) return null;
  const segments = decoded.split('/').filter((segment) => segment !== '');
  return segments.some((segment) => segment.startsWith('.')) ? null : segments;
}

async function existingFile(realRoot: string, path: string): Promise<string | null> {
  try {
    const real = await realpath(path);
    if (!real.startsWith(realRoot + sep)) return null;
    return (await stat(real)).isFile() ? real : null;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
    throw error;
  }
}

/** Serves the renderer. @param host the Host that was asked, already checked: the policy names its port */
export async function serveStatic(
  request: IncomingMessage,
  response: ServerResponse,
  urlPath: string,
  options: { root: string; host: string },
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    answerJson(response, 405, { error: 'contract.method' }, { allow: 'GET, HEAD' });
    return;
  }
  const file = await findStaticFile(options.root, urlPath);
  if (file === null) {
    answerJson(response, 404, { error: 'contract.not-found' });
    return;
  }
  const { size } = await stat(file);
  response.writeHead(200, { ...staticHeaders(file, options.host), 'content-length': size });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(createReadStream(file), response);
}

function staticHeaders(file: string, host: string): OutgoingHttpHeaders {
  const extension = extname(file).toLowerCase();
  const immutable = extension !== '.html' && HASHED_NAME.test(file);
  return {
    ...COMMON_HEADERS,
    'content-type': contentTypeOf(file),
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(extension === '.html' ? pageHeaders(host) : {}),
  };
}

function pageHeaders(host: string): OutgoingHttpHeaders {
  return {
    'content-security-policy': contentSecurityPolicy([`ws://${host}`, `http://${host}`]),
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy':
      'microphone=(self), speaker-selection=(self), camera=(), geolocation=(), payment=(), usb=()',
  };
}
