import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { contentSecurityPolicy, contentTypeOf } from '../../contract-server/index.ts';
import { isOurs } from './origin.ts';

export interface PageFilesOptions {
  /** the built window */
  root: string;
  /** address of the engine now, `http://127.0.0.1:23456`; null before the first one is ready */
  engineUrl(): string | null;
}

/**
 * Answers requests under our scheme with the built window's files, and nothing else. Pages carry a policy that names the engine's
 * exact port.
 * @returns for `protocol.handle`
 */
export function createPageFiles(
  options: PageFilesOptions,
): (request: { method: string; url: string }) => Promise<Response> {
  return async ({ method, url }) => {
    const segments = isOurs(url) ? safeSegments(url) : null;
    if (segments === null) return plain(404);
    if (method !== 'GET' && method !== 'HEAD') return plain(405);
    const name = segments.length === 0 ? ['index.html'] : segments;
    const content = await readIfThere(join(options.root, ...name));
    if (content === null) return plain(404);
    const headers = headersFor(name.at(-1) ?? '', options.engineUrl());
    return new Response(method === 'HEAD' ? null : new Uint8Array(content), { headers });
  };
}

/** @returns null for anything hidden, and for anything that could lead out of the folder */
function safeSegments(url: string): string[] | null {
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  if (/[\\\0:]/.test(path)) return null;
  const segments = path.split('/').filter((segment) => segment !== '');
  return segments.some((segment) => segment.startsWith('.')) ? null : segments;
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') {
      return null;
    }
    throw error;
  }
}

function headersFor(file: string, engineUrl: string | null): Record<string, string> {
  return {
    'content-type': contentTypeOf(file),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
    ...(extname(file) === '.html' ? pageHeaders(engineUrl) : {}),
  };
}

function pageHeaders(engineUrl: string | null): Record<string, string> {
  const media = engineUrl === null ? [] : [engineUrl];
  const connect = engineUrl === null ? [] : [engineUrl, engineUrl.replace(/^http/, 'ws')];
  return {
    'content-security-policy': contentSecurityPolicy(connect, media),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy':
      'microphone=(self), speaker-selection=(self), camera=(), geolocation=(), payment=(), usb=()',
  };
}

function plain(status: number): Response {
  return new Response(null, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
