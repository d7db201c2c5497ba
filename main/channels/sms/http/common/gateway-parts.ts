import { timingSafeEqual } from 'node:crypto';
import type { AdapterParts, OutgoingMessage } from '../../../types.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';

/** What every provider of this folder works with. */
export interface HttpParts {
  http: HttpClient;
  /** without a slash at its end */
  base: string;
}

export function httpParts(
  parts: Pick<AdapterParts, 'fetch' | 'clock'>,
  baseUrl: string,
  usualBase: string,
): HttpParts {
  const base = (baseUrl === '' ? usualBase : baseUrl).replace(/\/+$/, '');
  return { http: createHttpClient(parts), base };
}

/** Name or number to be shown; null: the provider's usual one. */
export function senderOf(
  message: Pick<OutgoingMessage, 'sender'>,
  settings: { senders: readonly string[] },
): string | null {
  return message.sender ?? settings.senders[0] ?? null;
}

export function validityMsOf(
  message: Pick<OutgoingMessage, 'validityMs'>,
  settings: { validityMinutes: number },
): number {
  return message.validityMs ?? settings.validityMinutes * 60_000;
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** Takes as long for every wrong text. */
export function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Form fields of a webhook: its query, and its body when that is a form. */
export function formOf(request: {
  path: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}): URLSearchParams {
  const query = request.path.includes('?') ? request.path.slice(request.path.indexOf('?')) : '';
  const fields = new URLSearchParams(query);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(new TextDecoder().decode(request.body))) {
      fields.append(name, value);
    }
  }
  return fields;
}

export function jsonOf(request: { body: Uint8Array }): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(request.body)) as unknown;
  } catch {
    return undefined;
  }
}
