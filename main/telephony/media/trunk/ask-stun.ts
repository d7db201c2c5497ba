import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import type { Clock } from '#shared/util/index.ts';
import { parseStunAnswer, writeStunRequest } from './stun-binding.ts';

/** RFC 8489 §6.2.1 doubles from 500 ms; a call cannot wait for the whole schedule */
const RESEND_AFTER_MS = [300, 600, 900];

/**
 * The public address of a bound socket as a STUN server sees it.
 * @returns null when no answer came in 1.8 s: the caller then shows the local address
 */
export function askStun(
  socket: Socket,
  server: { host: string; port: number },
  clock: Clock,
): Promise<{ host: string; port: number } | null> {
  const transactionId = randomBytes(12);
  const request = writeStunRequest(transactionId);
  return new Promise((resolve) => {
    let cancel = (): void => {};
    const finish = (address: { host: string; port: number } | null): void => {
      cancel();
      socket.off('message', onMessage);
      resolve(address);
    };
    const onMessage = (bytes: Buffer): void => {
      const address = parseStunAnswer(bytes, transactionId);
      if (address) finish(address);
    };
    const send = (attempt: number): void => {
      const waitMs = RESEND_AFTER_MS[attempt];
      if (waitMs === undefined) return finish(null);
      // a name that does not resolve is the same as no answer
      socket.send(request, server.port, server.host, () => {});
      cancel = clock.setTimer(waitMs, () => send(attempt + 1));
    };
    socket.on('message', onMessage);
    send(0);
  });
}
