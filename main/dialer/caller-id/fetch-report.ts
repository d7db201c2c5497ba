import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { AppError } from '#shared/errors/index.ts';

export type FetchLike = (url: string, init?: RequestInit) => Promise<Response>;

export interface FetchReportPorts {
  fetch: FetchLike;
  /** addresses of a host */
  resolve(host: string): Promise<readonly string[]>;
}

const LONGEST_MS = 30_000;
const LARGEST_BYTES = 2_000_000;

/** Addresses inside an office, on this machine or of its link: a list of unwanted callers is on none of them. */
const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6');

export function isInsideAddress(address: string): boolean {
  // an IPv4 address in IPv6 clothes (RFC 4291 §2.5.5.2) is what it is underneath
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  const family = isIP(plain);
  if (plain.startsWith('::ffff:')) return true;
  return family === 0 || inside.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

export const systemResolve = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/**
 * Fetches a list once, over https, from a public address, without following redirections.
 * @throws AppError `caller-id.fetch-failed`
 */
export async function fetchReport(url: string, ports: FetchReportPorts): Promise<string> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:') throw failed('only https');
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(host) ? [host] : await ports.resolve(host).catch(() => []);
  if (addresses.length === 0) throw failed('the host is not known');
  if (addresses.some(isInsideAddress)) throw failed('the address is not public');
  const response = await ports
    .fetch(url, { redirect: 'error', signal: AbortSignal.timeout(LONGEST_MS) })
    .catch((error: unknown) => {
      throw failed('no answer', error);
    });
  if (!response.ok) throw failed(`status ${response.status}`);
  return readLimited(response);
}

async function readLimited(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > LARGEST_BYTES) throw failed('the list is too long');
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

function failed(why: string, cause?: unknown): AppError {
  return new AppError('caller-id.fetch-failed', why, { details: { why }, cause });
}
