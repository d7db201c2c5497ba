import type { RawData, WebSocket } from 'ws';
import {
  type ClientMessage,
  clientMessage,
  contractMinimumVersion,
  contractVersion,
  type Principal,
  type ServerMessage,
} from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { Connection } from './connection.ts';
import type { Connections } from './connections.ts';
import type { Dispatcher } from './dispatch.ts';
import type { RefusalAudit } from './limited-audit.ts';
import type { Authenticator, Logger, LoginRefusal } from './ports.ts';

/** Close codes of ours (RFC 6455 §7.4.2, private use). */
export const closeCodes = {
  malformed: 4400,
  notLoggedIn: 4401,
  loginEnded: 4403,
  silent: 4408,
  tooSlow: 4413,
  stopping: 4503,
} as const;

export interface SocketLimits {
  /** a client that has not logged in by then is closed */
  loginMs: number;
  /** a connection that sent no frame for so long is closed; asked with WebSocket pings every third of it */
  silentMs: number;
  /** how long a client may take to answer the close frame */
  closeMs: number;
  /** bytes waiting for a client that does not read; beyond it the client is closed and starts anew */
  maxBufferedBytes: number;
}

export interface ContractSocketContext {
  authenticator: Authenticator;
  dispatcher: Dispatcher;
  connections: Connections;
  clock: Clock;
  logger: Logger;
  refused: RefusalAudit;
  limits: SocketLimits;
  epoch: string;
  storeKind: StoreKind;
  capabilities: readonly string[];
  newConnectionId(): string;
  /** 32 random bytes in hex */
  newNonce(): string;
}

export interface Peer {
  remoteAddress: string;
  baseUrl: string;
}

type ProveMessage = Extract<ClientMessage, { t: 'prove' }>;

/**
 * ```
 *  challenged ──prove──▶ proving ──accepted──▶ open
 *      └───── timeout, refusal, malformed ──────┴──▶ closed
 * ```
 */
type Phase =
  | { kind: 'challenged'; serverNonce: string }
  | { kind: 'proving' }
  | { kind: 'open'; connection: Connection }
  | { kind: 'closed' };

/** The server's side of one WebSocket on `/contract`, from the challenge to its end. */
export class ContractSocket {
  readonly #socket: WebSocket;
  readonly #peer: Peer;
  readonly #context: ContractSocketContext;
  #phase: Phase;
  #lastHeardAt: number;
  #cancelTimer: () => void = () => {};

  constructor(socket: WebSocket, peer: Peer, context: ContractSocketContext) {
    this.#socket = socket;
    this.#peer = peer;
    this.#context = context;
    this.#lastHeardAt = context.clock.monotonic();
    this.#phase = { kind: 'challenged', serverNonce: context.newNonce() };
    this.#listen();
    this.#send({ t: 'challenge', serverNonce: this.#phase.serverNonce });
    this.#cancelTimer = context.clock.setTimer(context.limits.loginMs, () =>
      this.#close(closeCodes.notLoggedIn, 'no login'),
    );
  }

  #listen(): void {
    this.#socket.on('message', (data, isBinary) => this.#onMessage(data, isBinary));
    this.#socket.on('ping', () => this.#heard());
    this.#socket.on('pong', () => this.#heard());
    this.#socket.on('close', () => this.#onClose());
    // ws closes the socket by itself after these (too large, bad frame); they are noted, not thrown.
    this.#socket.on('error', (error) => {
      this.#refused('contract.bad-frame', { error: codeOf(error) });
    });
  }

  #heard(): void {
    this.#lastHeardAt = this.#context.clock.monotonic();
  }

  #onMessage(data: RawData, isBinary: boolean): void {
    this.#heard();
    const message = isBinary ? null : parse(data.toString());
    if (message === null) {
      this.#refused('contract.malformed', { phase: this.#phase.kind });
      this.#close(closeCodes.malformed, 'malformed message');
      return;
    }
    const phase = this.#phase;
    if (phase.kind === 'challenged' && message.t === 'prove') {
      void this.#login(message, phase.serverNonce);
    } else if (phase.kind === 'open') {
      this.#onOpenMessage(message, phase.connection);
    } else if (phase.kind !== 'closed') {
      this.#refused('contract.malformed', { phase: phase.kind });
      this.#close(closeCodes.malformed, 'out of turn');
    }
  }

  #onOpenMessage(message: ClientMessage | BadCommand, connection: Connection): void {
    switch (message.t) {
      case 'ping':
        connection.send({ t: 'pong', n: message.n });
        return;
      case 'command':
        void connection.command(message);
        return;
      case 'bad-command':
        connection.send(badCommandReply(message.id));
        return;
      case 'prove':
        this.#close(closeCodes.malformed, 'out of turn');
    }
  }

  async #login(message: ProveMessage, serverNonce: string): Promise<void> {
    this.#phase = { kind: 'proving' };
    if (message.version < contractMinimumVersion) return this.#refuseLogin('contract.version');
    try {
      const outcome = await this.#context.authenticator.login({
        ...message,
        serverNonce,
        remoteAddress: this.#peer.remoteAddress,
      });
      if (this.#phase.kind !== 'proving') return;
      if (!outcome.ok) return this.#refuseLogin(outcome.code);
      this.#open(outcome.principal, outcome.proof, outcome.credential);
    } catch (error) {
      this.#context.logger.error('login failed', { error: String(error) });
      this.#close(1011, 'internal');
    }
  }

  #open(
    principal: Principal,
    proof: string,
    credential: Extract<ServerMessage, { t: 'welcome' }>['credential'],
  ): void {
    const { epoch, storeKind, capabilities, dispatcher, connections } = this.#context;
    const connection = new Connection({
      connectionId: this.#context.newConnectionId(),
      principal,
      epoch,
      baseUrl: this.#peer.baseUrl,
      dispatcher,
      transport: {
        send: (text) => this.#write(text),
        close: (code, reason) => this.#close(code, reason),
      },
    });
    this.#phase = { kind: 'open', connection };
    this.#send({
      t: 'welcome',
      proof,
      version: contractVersion,
      minimumVersion: contractMinimumVersion,
      epoch,
      seq: 0,
      principal,
      storeKind,
      capabilities: [...capabilities],
      ...(credential ? { credential } : {}),
    });
    this.#cancelTimer();
    this.#watch();
    connections.add(connection);
  }

  /** Asks for a sign of life by WebSocket ping: a page in the background has slow timers, but its browser answers. */
  #watch(): void {
    const { clock, limits } = this.#context;
    const everyMs = limits.silentMs / 3;
    const dueAt = clock.monotonic() + everyMs;
    this.#cancelTimer = clock.setTimer(everyMs, () => {
      const now = clock.monotonic();
      // an engine that was held up itself has not read yet what came meanwhile
      const wasHeldUp = now - dueAt >= everyMs;
      if (!wasHeldUp && now - this.#lastHeardAt >= limits.silentMs) {
        this.#drop(closeCodes.silent);
        return;
      }
      this.#socket.ping();
      this.#watch();
    });
  }

  #send(message: ServerMessage): void {
    this.#write(JSON.stringify(message));
  }

  #write(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(text);
    if (this.#socket.bufferedAmount > this.#context.limits.maxBufferedBytes) {
      this.#drop(closeCodes.tooSlow);
    }
  }

  /** Ends the socket at once: a close frame would wait behind what the client does not read. */
  #drop(code: number): void {
    this.#context.logger.warn('contract connection dropped', {
      code,
      bufferedBytes: this.#socket.bufferedAmount,
    });
    this.#finish();
    this.#socket.terminate();
  }

  #refuseLogin(code: LoginRefusal): void {
    this.#send({ t: 'refused', code });
    this.#close(closeCodes.notLoggedIn, code);
  }

  #refused(action: string, details: Record<string, unknown>): void {
    const phase = this.#phase;
    const personId = phase.kind === 'open' ? phase.connection.principal.personId : null;
    this.#context.refused(action, this.#peer.remoteAddress, details, personId);
  }

  /** What still comes from this client is not looked at, and a client that ignores the close frame is cut. */
  #close(code: number, reason: string): void {
    if (this.#phase.kind === 'closed') return;
    this.#finish();
    this.#socket.close(code, reason);
    const { clock, limits } = this.#context;
    this.#cancelTimer = clock.setTimer(limits.closeMs, () => this.#socket.terminate());
  }

  #onClose(): void {
    this.#finish();
    this.#cancelTimer();
  }

  #finish(): void {
    const phase = this.#phase;
    this.#phase = { kind: 'closed' };
    this.#cancelTimer();
    if (phase.kind === 'open') this.#context.connections.remove(phase.connection);
  }
}

/** A message that is a command with an id but otherwise wrong: it can be answered. */
interface BadCommand {
  t: 'bad-command';
  id: number;
}

function parse(text: string): ClientMessage | BadCommand | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const message = clientMessage.safeParse(value);
  if (message.success) return message.data;
  const { t, id } = (value ?? {}) as { t?: unknown; id?: unknown };
  return t === 'command' && Number.isSafeInteger(id) && Number(id) >= 0
    ? { t: 'bad-command', id: Number(id) }
    : null;
}

function badCommandReply(id: number): ServerMessage {
  return {
    t: 'error',
    id,
    ok: false,
    error: {
      code: 'contract.bad-input',
      message: 'not a well-formed command',
      details: {},
      retryable: false,
    },
  };
}

function codeOf(error: Error & { code?: unknown }): string {
  return typeof error.code === 'string' ? error.code : error.name;
}
