import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { type DatagramPort, openDatagramPort } from '../transport/datagram-port.ts';
import { HostResolver } from '../transport/resolve-host.ts';
import { type MappedAddress, makeBindingRequest, readBindingResponse } from './stun-message.ts';

/** Pauses between repeats; the last is the wait for an answer to the last (RFC 8489 §6.2.1, cut short for a person who waits). */
const REPEATS_MS = [500, 1000, 2000, 3000];

/**
 * Asks a STUN server how a socket looks from outside.
 * @throws AppError `sip.stun-no-answer` after 6.5 s, `sip.stun-unreachable` when the server has no address
 */
export async function discoverThrough(
  port: DatagramPort,
  server: { host: string; port: number },
  clock: Clock,
): Promise<MappedAddress> {
  const host = await new HostResolver(clock).resolve(server.host).catch((cause: unknown) => {
    throw new AppError('sip.stun-unreachable', 'The STUN server has no address.', { cause });
  });
  return ask(port, { host, port: server.port }, clock);
}

/**
 * The same from a socket of its own, for the test on the trunk form. A NAT may give the trunk's socket another port: the
 * trunk itself uses `stun` in the endpoint's options.
 */
export async function discoverPublicAddress(
  server: { host: string; port: number },
  options: { clock?: Clock; bindHost?: string } = {},
): Promise<MappedAddress> {
  const port = await openDatagramPort(options.bindHost ?? '0.0.0.0', 0);
  try {
    return await discoverThrough(port, server, options.clock ?? systemClock);
  } finally {
    await port.close();
  }
}

function ask(
  port: DatagramPort,
  server: { host: string; port: number },
  clock: Clock,
): Promise<MappedAddress> {
  const request = makeBindingRequest();
  return new Promise((resolve, reject) => {
    let stopTimer = (): void => {};
    const stopListening = port.onDatagram((bytes) => {
      const address = readBindingResponse(bytes, request);
      if (!address) return;
      stopTimer();
      stopListening();
      resolve(address);
    });
    const attempt = (index: number): void => {
      const waitMs = REPEATS_MS[index];
      if (waitMs === undefined) {
        stopListening();
        reject(new AppError('sip.stun-no-answer', 'The STUN server did not answer.'));
        return;
      }
      // A refused send is a lost one: the next repeat follows.
      port.send(request, server).catch(() => {});
      stopTimer = clock.setTimer(waitMs, () => attempt(index + 1));
    };
    attempt(0);
  });
}

const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
