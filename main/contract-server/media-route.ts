import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { parseByteRange } from './byte-range.ts';
import { answerJson, COMMON_HEADERS, corsHeaders } from './http-answers.ts';
import type { RefusalAudit } from './limited-audit.ts';
import type { MediaContent, OpenMedia } from './media-links.ts';

/**
 * Answers `GET` and `HEAD` on `/media/<token>`, with single byte ranges.
 * @see RFC 9110 §14
 */
export async function serveMedia(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  options: { openMedia: OpenMedia; origin: string | null; remote: string; refused: RefusalAudit },
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    answerJson(response, 405, { error: 'contract.method' }, { allow: 'GET, HEAD' });
    return;
  }
  const content = await options.openMedia(token);
  if (!content) {
    options.refused('media.bad-link', options.remote, {});
    answerJson(response, 404, { error: 'media.bad-link' }, corsHeaders(options.origin));
    return;
  }
  await sendContent(request, response, content, corsHeaders(options.origin));
}

async function sendContent(
  request: IncomingMessage,
  response: ServerResponse,
  content: MediaContent,
  cors: OutgoingHttpHeaders,
): Promise<void> {
  const { size } = content;
  const range = parseByteRange(request.headers.range, size);
  if (range === 'unsatisfiable') {
    const headers = { ...cors, 'content-range': `bytes */${size}` };
    answerJson(response, 416, { error: 'media.bad-range' }, headers);
    return;
  }
  response.writeHead(range ? 206 : 200, {
    ...mediaHeaders(content),
    ...cors,
    'content-length': range ? range.end - range.start + 1 : size,
    ...(range ? { 'content-range': `bytes ${range.start}-${range.end}/${size}` } : {}),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(content.createReadStream(range), response);
}

function mediaHeaders(content: MediaContent): OutgoingHttpHeaders {
  return {
    ...COMMON_HEADERS,
    'content-type': content.contentType,
    'cache-control': 'no-store',
    'accept-ranges': 'bytes',
    'content-security-policy': "default-src 'none'; sandbox",
    ...(content.fileName === undefined
      ? {}
      : {
          'content-disposition': `attachment; filename*=UTF-8''${encodeRfc8187(content.fileName)}`,
        }),
  };
}

/** @see RFC 8187 §3.2.1 */
function encodeRfc8187(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
