import type { LineStatus } from '#shared/contract/lookup.contract.ts';

/** What a network says of a number, in our words. */
export interface NumberAnswer {
  /** E.164 */
  number: string;
  status: LineStatus;
  /** name, or MCC and MNC where the provider gives no name */
  network: string | null;
  /** ISO 3166 */
  country: string | null;
  ported: boolean | null;
  /** country or network in which the phone is abroad */
  roaming: string | null;
  lineType: string | null;
  /** what the provider says that it took, millionths of its currency; null: it does not say */
  costMicro: number | null;
}

export interface Credentials {
  /** empty: the provider's own */
  baseUrl: string;
  user: string;
  secret: string;
}

export interface ProviderRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** One provider's API: what to send and how to read the reply. Pure; the network is elsewhere. */
export interface HttpProvider {
  kind: 'http';
  /** so many numbers in one request at most */
  batch: number;
  /** @param at epoch ms, for signatures */
  request(numbers: readonly string[], credentials: Credentials, at: number): ProviderRequest;
  /**
   * Reads a reply with a status of success. Numbers that it does not name are left out.
   * @param body parsed JSON; anything may be in it
   */
  read(body: unknown, numbers: readonly string[]): NumberAnswer[];
}

/** Answers without any network. */
export interface LocalProvider {
  kind: 'local';
  batch: number;
  answer(number: string, at: number): NumberAnswer;
}

export type LookupProvider = HttpProvider | LocalProvider;

export const noDetails = {
  network: null,
  country: null,
  ported: null,
  roaming: null,
  lineType: null,
  costMicro: null,
} as const;

/** A property of something whose shape nobody vouches for. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

export function textField(value: unknown, name: string): string | null {
  const found = field(value, name);
  return typeof found === 'string' && found !== '' ? found : null;
}

export function flagField(value: unknown, name: string): boolean | null {
  const found = field(value, name);
  return typeof found === 'boolean' ? found : null;
}

/** Amounts come as numbers or as text, in whole units of the currency. */
export function microField(value: unknown, name: string): number | null {
  const found = field(value, name);
  const amount = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof amount === 'number' && Number.isFinite(amount) && amount >= 0
    ? Math.round(amount * 1_000_000)
    : null;
}

export function baseOf({ baseUrl }: Credentials, own: string): string {
  return (baseUrl === '' ? own : baseUrl).replace(/\/+$/, '');
}

export const digitsOf = (number: string): string => number.replace(/^\+/, '');
