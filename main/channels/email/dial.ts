import { connect, type Socket } from 'node:net';

/**
 * Opens a TCP connection, over IPv6 or IPv4, whichever answers (RFC 8305).
 * @param host a name or an address, also in brackets
 * @throws Error of Node with its code, `ETIMEDOUT` when nobody answered in time
 */
export function dial(host: string, port: number, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: host.replace(/^\[(.*)\]$/, '$1'),
      port,
      autoSelectFamily: true,
    });
    const timer = setTimeout(() => {
      socket.destroy(
        Object.assign(new Error(`no answer within ${timeoutMs} ms`), { code: 'ETIMEDOUT' }),
      );
    }, timeoutMs);
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(firstOf(error));
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      // whoever takes it over listens before anything can happen on it
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}

/** Of several addresses that were tried, the first one's error says what is wrong. */
function firstOf(error: Error): Error {
  const [first] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error ? first : error;
}
