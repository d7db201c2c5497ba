import { lookup } from 'node:dns/promises';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { AppError } from '#shared/errors/index.ts';

export interface Fetched {
  status: number;
  body: AsyncIterable<Uint8Array>;
}

export interface FetchReportPorts {
  /** GET from this very address, whatever the host's name says now; redirections are not followed */
  get(url: URL, address: string, signal: AbortSignal): Promise<Fetched>;
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
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4');

/** Public IPv6 addresses (RFC 4291 §2.4): NAT64 (64:ff9b::, RFC 6052 and 8215), mapped, private and link ones are all outside of it … */
const publicNet = new BlockList();
publicNet.addSubnet('2000::', 3, 'ipv6');
/** … and these lead to an IPv4 address that is written in them: Teredo (RFC 4380) and 6to4 (RFC 3056). */
for (const [net, bits] of [
  ['2001::', 32],
  ['2002::', 16],
] as const)
  inside.addSubnet(net, bits, 'ipv6');

/** Whether an address is one that is not of the public internet; what is no address is taken for one. */
export function isInsideAddress(address: string): boolean {
  const family = isIP(address);
  // one with a zone is of a link
  if (family === 0 || address.includes('%')) return true;
  if (family === 4) return inside.check(address, 'ipv4');
  return !publicNet.check(address, 'ipv6') || inside.check(address, 'ipv6');
}

export const systemResolve = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/**
 * A GET that connects to an address found before: a name that is resolved again meanwhile (DNS rebinding) leads nowhere else.
 * The certificate is still asked of the host's name.
 */
export const pinnedGet =
  (request: typeof httpsRequest = httpsRequest): FetchReportPorts['get'] =>
  (url, address, signal) =>
    new Promise((resolve, reject) => {
      // no shared agent: its connections may be of another answer of the name server
      const options = { lookup: alwaysTo(address), agent: false, signal };
      request(url, options, (response) => {
        resolve({ status: response.statusCode ?? 0, body: response });
      })
        .on('error', reject)
        .end();
    });

function alwaysTo(address: string): LookupFunction {
  const family = isIP(address);
  return (_host, { all }, callback) => {
    if (all === true) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

export const systemPorts: FetchReportPorts = { get: pinnedGet(), resolve: systemResolve };

/**
 * Fetches a list once, over https, from a public address, without following redirections.
 * @throws AppError `caller-id.fetch-failed`
 */
export async function fetchReport(text: string, ports: FetchReportPorts): Promise<string> {
  const url = new URL(text);
  if (url.protocol !== 'https:') throw failed('only https');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(host) ? [host] : await ports.resolve(host).catch(() => []);
  const [address] = addresses;
  if (address === undefined) throw failed('the host is not known');
  if (addresses.some(isInsideAddress)) throw failed('the address is not public');
  try {
    const { status, body } = await ports.get(url, address, AbortSignal.timeout(LONGEST_MS));
    if (status < 200 || status > 299) throw failed(`status ${status}`);
    return await readLimited(body);
  } catch (error) {
    throw error instanceof AppError ? error : failed('no answer', error);
  }
}

async function readLimited(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.byteLength;
    if (bytes > LARGEST_BYTES) throw failed('the list is too long');
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

function failed(why: string, cause?: unknown): AppError {
  return new AppError('caller-id.fetch-failed', why, { details: { why }, cause });
}
