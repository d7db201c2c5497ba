import { createHmac, randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import type { ServerMessage } from '#shared/contract/index.ts';

export interface RawSocket {
  socket: WebSocket;
  /** the next message, in order */
  next(): Promise<ServerMessage>;
  send(message: unknown): void;
  /** resolves with the close code */
  closed: Promise<number>;
}

/** A WebSocket client that keeps to no protocol but what the test sends. */
export async function openRawSocket(
  url: string,
  options: { subprotocol?: string; headers?: Record<string, string> } = {},
): Promise<RawSocket> {
  const socket = new WebSocket(url, options.subprotocol ?? 'dialdesk.v1', {
    headers: options.headers ?? {},
    perMessageDeflate: false,
  });
  const received: ServerMessage[] = [];
  const waiting: ((message: ServerMessage) => void)[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(data.toString()) as ServerMessage;
    const waiter = waiting.shift();
    if (waiter) waiter(message);
    else received.push(message);
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  return {
    socket,
    closed,
    send: (message) => socket.send(JSON.stringify(message)),
    next() {
      const message = received.shift();
      return message ? Promise.resolve(message) : new Promise((resolve) => waiting.push(resolve));
    },
  };
}

/** The HTTP status with which an upgrade is refused. */
export async function refusedStatus(
  url: string,
  options: { subprotocol?: string; headers?: Record<string, string> } = {},
): Promise<number> {
  const socket = new WebSocket(url, options.subprotocol ?? 'dialdesk.v1', {
    headers: options.headers ?? {},
  });
  return new Promise((resolve) => {
    socket.on('error', () => {});
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
}

/** A `prove` written from the protocol's text, with neither side's own code. */
export function proveMessage(
  serverNonce: string,
  secret: { kind: 'code' | 'credential'; keyId: string; secretHex: string },
) {
  const clientNonce = randomBytes(32).toString('hex');
  const proof = createHmac('sha256', Buffer.from(secret.secretHex, 'hex'))
    .update(`client`)
    .update(Buffer.from(serverNonce + clientNonce, 'hex'))
    .digest('hex');
  return {
    t: 'prove' as const,
    kind: secret.kind,
    keyId: secret.keyId,
    clientNonce,
    proof,
    version: 1,
  };
}

/** Logs a raw socket in and returns its welcome (or refusal). */
export async function logIn(
  raw: RawSocket,
  secret: { kind: 'code' | 'credential'; keyId: string; secretHex: string },
): Promise<ServerMessage> {
  const challenge = await raw.next();
  if (challenge.t !== 'challenge') throw new Error(`expected a challenge, got ${challenge.t}`);
  raw.send(proveMessage(challenge.serverNonce, secret));
  return raw.next();
}
