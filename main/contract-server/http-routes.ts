import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '#shared/errors/index.ts';
import { answerJson, corsHeaders } from './http-answers.ts';
import type { RefusalAudit } from './limited-audit.ts';
import type { OpenMedia } from './media-links.ts';
import { serveMedia } from './media-route.ts';
import type { Logger } from './ports.ts';
import { type PublicGate, publicPrefixes } from './public-routes.ts';
import { checkRequest, type GuardSettings, type PathKind } from './request-guard.ts';
import { serveStatic } from './static-files.ts';
import { receiveUpload } from './upload-route.ts';
import type { Uploads } from './uploads.ts';

export interface HttpRoutesOptions {
  guard: GuardSettings;
  epoch: string;
  logger: Logger;
  refused: RefusalAudit;
  uploads: Uploads | null;
  openMedia: OpenMedia | null;
  staticRoot: string | null;
  /** null: nothing is answered on `/hook/` and `/d/` */
  publicGate: PublicGate | null;
}

/** What a path is for; the guard's rules depend on it. */
export function pathKind(path: string): PathKind {
  if (path === '/contract') return 'contract';
  if (path === '/sip') return 'sip';
  if (path === '/upload') return 'upload';
  if (path === '/health') return 'health';
  if (path.startsWith(publicPrefixes.hook)) return 'hook';
  if (path.startsWith(publicPrefixes.document)) return 'document';
  return path.startsWith('/media/') ? 'media' : 'static';
}

/** The path of a request target, without its query; null for anything but an absolute path. */
export function pathOf(request: IncomingMessage): string | null {
  const target = request.url ?? '';
  return target.startsWith('/') ? (target.split(/[?#]/, 1)[0] ?? null) : null;
}

/** The request listener of the engine's HTTP server. Never rejects. */
export function createHttpRoutes(
  options: HttpRoutesOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      await route(request, response, options);
    } catch (error) {
      onFailure(response, error, options.logger);
    }
  };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpRoutesOptions,
): Promise<void> {
  const path = pathOf(request);
  const kind = pathKind(path ?? '');
  const remote = request.socket.remoteAddress ?? 'unknown';
  const verdict = checkRequest(kind, request.headers, options.guard);
  if (path === null || !verdict.ok) {
    const reason = verdict.ok ? 'target' : verdict.reason;
    options.refused('contract.request-refused', remote, { reason, path: kind });
    answerJson(response, verdict.ok ? 400 : verdict.status, { error: `contract.bad-${reason}` });
    return;
  }
  const { origin } = verdict;
  switch (kind) {
    case 'contract':
    case 'sip':
      return answerJson(response, 426, { error: 'contract.upgrade' }, { upgrade: 'websocket' });
    case 'health':
      return answerJson(response, 200, { ok: true, epoch: options.epoch }, corsHeaders(origin));
    case 'upload':
      if (!options.uploads) break;
      return receiveUpload(request, response, {
        ...options,
        uploads: options.uploads,
        origin,
        remote,
      });
    case 'media': {
      const { openMedia, refused } = options;
      if (!openMedia) break;
      const token = path.slice('/media/'.length);
      return serveMedia(request, response, token, { openMedia, origin, remote, refused });
    }
    case 'hook':
    case 'document':
      if (options.publicGate === null) break;
      return options.publicGate.serve(kind, request, response, remote);
    case 'static':
      if (options.staticRoot === null) break;
      return serveStatic(request, response, path, {
        root: options.staticRoot,
        host: request.headers.host?.toLowerCase() ?? '',
      });
  }
  answerJson(response, 404, { error: 'contract.not-found' });
}

/** A client that went away in the middle is no failure of ours. */
function onFailure(response: ServerResponse, error: unknown, logger: Logger): void {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code !== 'ERR_STREAM_PREMATURE_CLOSE' && code !== 'ECONNRESET' && code !== 'EPIPE') {
    const text = error instanceof AppError ? error.code : String(error);
    logger.error('request failed', { error: text });
  }
  answerJson(response, 500, { error: 'internal' });
}
