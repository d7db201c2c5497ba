import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { AppError } from '#shared/errors/index.ts';
import type { Random } from '#shared/util/index.ts';

const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 45_998;
const ATTEMPTS = 60;

/** RTP on an even port and RTCP on the next (RFC 3550 §11). */
export interface TrunkSockets {
  rtp: Socket;
  rtcp: Socket;
  host: string;
  port: number;
  close(): void;
}

/**
 * Binds a pair of sockets on random ports.
 * @throws AppError `media.no-port` when no pair is free or the host is not ours
 */
export async function openTrunkSockets(host: string, random: Random): Promise<TrunkSockets> {
  let lastError: unknown = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = LOWEST_PORT + 2 * Math.floor(random.next() * ((HIGHEST_PORT - LOWEST_PORT) / 2));
    try {
      return await openPair(host, port);
    } catch (error) {
      lastError = error;
      if (isHopeless(error)) break;
    }
  }
  throw new AppError('media.no-port', `no pair of RTP ports on ${host}`, { cause: lastError });
}

async function openPair(host: string, port: number): Promise<TrunkSockets> {
  const rtp = await bind(host, port);
  try {
    const rtcp = await bind(host, port + 1);
    return { rtp, rtcp, host, port, close: () => closeBoth(rtp, rtcp) };
  } catch (error) {
    rtp.close();
    throw error;
  }
}

function bind(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4' });
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.removeAllListeners('error');
      // ICMP refusals surface here on some systems; a peer that is gone must not end the process
      socket.on('error', () => {});
      resolve(socket);
    });
  });
}

function closeBoth(rtp: Socket, rtcp: Socket): void {
  rtp.close();
  rtcp.close();
}

function isHopeless(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND';
}

/** `::ffff:1.2.3.4` is how a dual-stack socket shows an IPv4 peer. */
export function sourceOf(remote: RemoteInfo): { host: string; port: number } {
  return { host: remote.address.replace(/^::ffff:(?=\d+\.)/, ''), port: remote.port };
}
