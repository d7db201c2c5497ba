import { createSocket, type Socket } from 'node:dgram';
import { AppError } from '#shared/errors/index.ts';
import type { SipSocket } from '../types.ts';

export interface DatagramSource {
  host: string;
  port: number;
}

/** One bound UDP socket; tests link two of them with a faulty network between. */
export interface DatagramPort {
  readonly localHost: string;
  readonly localPort: number;
  /** resolves when the datagram was handed to the system; rejects when it refused it */
  send(bytes: Uint8Array, to: DatagramSource): Promise<void>;
  onDatagram(listener: (bytes: Uint8Array, from: DatagramSource) => void): () => void;
  close(): Promise<void>;
}

/** The system may give less. */
const RECEIVE_BUFFER_BYTES = 1024 * 1024;

/**
 * Binds a UDP socket.
 * @param bindPort 0 for any free one
 * @throws AppError `sip.bind-failed` when the address is taken or not ours
 */
export async function openDatagramPort(bindHost: string, bindPort: number): Promise<DatagramPort> {
  const socket = createSocket({
    type: bindHost.includes(':') ? 'udp6' : 'udp4',
    // The usual 200 kB holds about 160 messages: less than what comes back when a campaign starts a hundred calls at once.
    recvBufferSize: RECEIVE_BUFFER_BYTES,
  });
  await bind(socket, bindHost, bindPort);
  // A socket reports ICMP refusals of earlier sends as errors; loss is what SIP's timers are for.
  socket.on('error', () => {});
  return fromSocket(socket);
}

/** Uses a socket that somebody else bound: a stand-in that loses or delays, or one with more on it than SIP. */
export function fromSipSocket(socket: SipSocket): DatagramPort {
  const listeners = new Set<(bytes: Uint8Array, from: DatagramSource) => void>();
  socket.onPacket = (bytes, from) => {
    for (const listener of [...listeners]) listener(bytes, from);
  };
  return {
    localHost: socket.localHost,
    localPort: socket.localPort,
    send: async (bytes, to) => socket.send(bytes, to.host, to.port),
    onDatagram(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => socket.close(),
  };
}

function bind(socket: Socket, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', (cause) => {
      socket.close();
      reject(
        new AppError('sip.bind-failed', 'The SIP address could not be opened.', {
          cause,
          details: { host, port },
        }),
      );
    });
    socket.bind(port, host, () => {
      socket.removeAllListeners('error');
      resolve();
    });
  });
}

function fromSocket(socket: Socket): DatagramPort {
  const { address, port } = socket.address();
  let closed = false;
  return {
    localHost: address,
    localPort: port,
    send: (bytes, to) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(new AppError('sip.closed', 'The SIP address is closed.'));
          return;
        }
        socket.send(bytes, to.port, to.host, (error) => (error ? reject(error) : resolve()));
      }),
    onDatagram(listener) {
      const forward = (bytes: Uint8Array, from: { address: string; port: number }): void =>
        listener(bytes, { host: from.address, port: from.port });
      socket.on('message', forward);
      return () => socket.off('message', forward);
    },
    close: () =>
      new Promise((resolve) => {
        if (closed) return resolve();
        closed = true;
        socket.close(() => resolve());
      }),
  };
}
