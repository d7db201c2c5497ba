import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { WebSocket } from 'ws';
import {
  contractSubprotocol,
  contractVersion,
  type ServerMessage,
  serverMessage,
  type Token,
} from '#shared/contract/index.ts';
import { AppError, fromErrorData } from '#shared/errors/index.ts';

/** A contract connection for one command of the command line. */
export interface RpcClient {
  /** @throws AppError as the engine answered */
  send(name: string, input: unknown): Promise<unknown>;
  close(): void;
}

const ANSWER_TIMEOUT_MS = 120_000;

/**
 * Connects to a running engine and proves knowledge of the token, as it proves its own.
 * @param url `http://…`, `ws://…` with or without `/contract`
 * @throws AppError `rpc.unreachable`, `rpc.refused`, `rpc.not-our-engine`
 */
export async function connectRpc(url: string, token: Token): Promise<RpcClient> {
  const socket = new WebSocket(contractUrl(url), contractSubprotocol);
  const messages = new Messages(socket);
  const clientNonce = randomBytes(32).toString('hex');
  const challenge = await messages.next();
  if (challenge.t !== 'challenge') throw unexpected(challenge);
  const { serverNonce } = challenge;
  write(socket, {
    t: 'prove',
    kind: 'credential',
    keyId: token.keyId,
    clientNonce,
    proof: proof(token.secretHex, 'client', serverNonce, clientNonce),
    version: contractVersion,
  });
  const welcome = await messages.next();
  if (welcome.t === 'refused')
    throw new AppError('rpc.refused', `the engine refused this token (${welcome.code})`);
  if (welcome.t !== 'welcome') throw unexpected(welcome);
  const expected = proof(token.secretHex, 'server', clientNonce, serverNonce);
  if (!same(expected, welcome.proof)) {
    socket.close();
    throw new AppError('rpc.not-our-engine', 'what answers there does not know the token');
  }
  return {
    send: (name, input) => command(socket, messages, name, input),
    close: () => socket.close(),
  };
}

let nextId = 1;

async function command(
  socket: WebSocket,
  messages: Messages,
  name: string,
  input: unknown,
): Promise<unknown> {
  const id = nextId;
  nextId += 1;
  write(socket, { t: 'command', id, name, input, commandId: crypto.randomUUID() });
  for (;;) {
    const message = await messages.next();
    if (message.t === 'reply' && message.id === id) return message.value;
    if (message.t === 'error' && message.id === id) throw fromErrorData(message.error);
  }
}

/** Frames in order of arrival, each given to one reader. */
class Messages {
  readonly #received: (ServerMessage | AppError)[] = [];
  #wake: () => void = () => {};

  constructor(socket: WebSocket) {
    socket.on('message', (data) => {
      const parsed = serverMessage.safeParse(JSON.parse(String(data)));
      if (parsed.success) this.#push(parsed.data);
    });
    socket.on('error', (error) => this.#push(new AppError('rpc.unreachable', error.message)));
    socket.on('close', () => this.#push(new AppError('rpc.unreachable', 'the connection closed')));
  }

  async next(): Promise<ServerMessage> {
    const deadline = setTimeout(
      () => this.#push(new AppError('rpc.timeout', 'the engine did not answer')),
      ANSWER_TIMEOUT_MS,
    );
    try {
      while (this.#received.length === 0)
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      const first = this.#received.shift();
      if (first === undefined || first instanceof AppError)
        throw first ?? new AppError('rpc.unreachable', 'nothing came');
      return first;
    } finally {
      clearTimeout(deadline);
    }
  }

  #push(message: ServerMessage | AppError): void {
    this.#received.push(message);
    this.#wake();
  }
}

function contractUrl(url: string): string {
  const base = url.replace(/^http/, 'ws').replace(/\/$/, '');
  return base.endsWith('/contract') ? base : `${base}/contract`;
}

function proof(
  secretHex: string,
  side: 'client' | 'server',
  first: string,
  second: string,
): string {
  return createHmac('sha256', Buffer.from(secretHex, 'hex'))
    .update(side)
    .update(Buffer.from(first, 'hex'))
    .update(Buffer.from(second, 'hex'))
    .digest('hex');
}

function same(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}

function write(socket: WebSocket, message: unknown): void {
  socket.send(JSON.stringify(message));
}

function unexpected(message: ServerMessage): AppError {
  return new AppError('rpc.not-our-engine', `an engine would not send "${message.t}" now`);
}
