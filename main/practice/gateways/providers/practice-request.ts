import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request to a practice provider, read whole. */
export interface PracticeRequest {
  method: string;
  /** behind the provider's own prefix, without the query */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export interface PracticeAnswer {
  status: number;
  json?: unknown;
  text?: string;
  headers?: Readonly<Record<string, string>>;
}

/** One provider of the practice server. */
export interface PracticeProvider {
  handle(request: PracticeRequest): PracticeAnswer | Promise<PracticeAnswer>;
  stop(): void;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** @returns null when the body is too large */
export async function readPracticeRequest(
  request: IncomingMessage,
  prefix: string,
): Promise<PracticeRequest | null> {
  const url = new URL(request.url ?? '/', 'http://practice.invalid');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return {
    method: request.method ?? '',
    path: url.pathname.slice(prefix.length),
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
}

export function sendAnswer(response: ServerResponse, answer: PracticeAnswer): void {
  const { status, json, text = '', headers = {} } = answer;
  const body = json === undefined ? text : JSON.stringify(json);
  response.writeHead(status, {
    'content-type': json === undefined ? 'text/plain; charset=utf-8' : 'application/json',
    ...headers,
  });
  response.end(body);
}

export function formBody(request: PracticeRequest): URLSearchParams {
  return new URLSearchParams(request.body.toString('utf8'));
}

export function jsonBody(request: PracticeRequest): Record<string, unknown> {
  try {
    const value = JSON.parse(request.body.toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A number as the provider was given it, with or without its plus. */
export function e164Of(given: string): string {
  const digits = given.replace(/\D/g, '');
  return `+${digits}`;
}

/** As a network would carry: from 7 to 15 digits. */
export function isNumber(given: string): boolean {
  return /^\+?[1-9]\d{6,14}$/.test(given);
}
