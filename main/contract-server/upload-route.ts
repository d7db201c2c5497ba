import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '#shared/errors/index.ts';
import { answerJson, corsHeaders } from './http-answers.ts';
import type { RefusalAudit } from './limited-audit.ts';
import type { Logger } from './ports.ts';
import type { Uploads } from './uploads.ts';

export interface UploadRouteOptions {
  uploads: Uploads;
  origin: string | null;
  remote: string;
  refused: RefusalAudit;
  logger: Logger;
}

/** Answers `POST /upload` (and the preflight that a page of Electron's own scheme sends before it). */
export async function receiveUpload(
  request: IncomingMessage,
  response: ServerResponse,
  options: UploadRouteOptions,
): Promise<void> {
  const cors = corsHeaders(options.origin);
  if (request.method === 'OPTIONS') {
    response.writeHead(204, { ...cors, ...PREFLIGHT_HEADERS });
    response.end();
    return;
  }
  if (request.method !== 'POST') {
    answerJson(response, 405, { error: 'contract.method' }, { ...cors, allow: 'POST, OPTIONS' });
    return;
  }
  const personId = options.uploads.takeTicket(bearer(request));
  if (personId === null) {
    options.refused('upload.bad-token', options.remote, {});
    refuse(request, response, 401, 'upload.bad-token', cors);
    return;
  }
  if (Number(request.headers['content-length'] ?? 0) > options.uploads.maxBytes) {
    refuse(request, response, 413, 'upload.too-large', cors);
    return;
  }
  await receive(request, response, personId, options);
}

const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'authorization, content-type, x-file-name',
  'access-control-max-age': '600',
};

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  personId: string,
  options: UploadRouteOptions,
): Promise<void> {
  const cors = corsHeaders(options.origin);
  try {
    const file = await options.uploads.receive(request, personId, fileNameOf(request));
    answerJson(response, 200, { fileId: file.fileId }, cors);
  } catch (error) {
    const known = error instanceof AppError;
    if (!known) options.logger.warn('upload failed', { error: String(error) });
    const [status, code] = known ? [413, error.code] : [500, 'upload.failed'];
    refuse(request, response, status, code, cors);
  }
}

/** Answers without reading the rest of the body: the connection cannot be used again. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: string,
  cors: ReturnType<typeof corsHeaders>,
): void {
  answerJson(response, status, { error: code }, { ...cors, connection: 'close' });
  request.resume();
}

function bearer(request: IncomingMessage): string {
  return /^Bearer ([\w-]{1,128})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

function fileNameOf(request: IncomingMessage): string {
  const header = request.headers['x-file-name'];
  try {
    const name = decodeURIComponent(typeof header === 'string' ? header : '');
    return name.replace(/[\p{Cc}\\/]/gu, '_').slice(0, 255);
  } catch {
    return '';
  }
}
