import type { SipMessage, SipRequest } from '../message/index.ts';
import {
  checkMessage,
  header,
  makeReply,
  newToken,
  parseMessage,
  serialise,
} from '../message/index.ts';
import type { Softphone } from './softphone.ts';
import type { RegistrarCounters, SoftphoneGrant, SoftphoneSocket } from './types.ts';

const OPEN = 1;

export interface ConnectionOptions {
  socket: SoftphoneSocket;
  grant: SoftphoneGrant;
  counters: RegistrarCounters;
  onRegister(connection: Connection, request: SipRequest): void;
}

/**
 * One WebSocket of a softphone: frames in, replies out. Until a REGISTER with the right digest has bound it to a
 * softphone nothing else is listened to.
 */
export class Connection {
  readonly socket: SoftphoneSocket;
  readonly grant: SoftphoneGrant;
  softphone: Softphone | null = null;
  readonly #options: ConnectionOptions;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.socket = options.socket;
    this.grant = options.grant;
    options.socket.on('message', (data) => this.#receive(bytesOf(data)));
    options.socket.on('error', () => options.socket.close());
    options.socket.on('close', () => {
      if (this.softphone?.socket === this.socket) this.softphone.drift();
    });
  }

  reply(
    request: SipRequest,
    status: number,
    reasonPhrase: string,
    extraHeaders: readonly { name: string; value: string }[] = [],
  ): void {
    if (request.method === 'ACK' || this.socket.readyState !== OPEN) return;
    const options = { status, reasonPhrase, toTag: newToken(), extraHeaders };
    this.socket.send(serialise(makeReply(request, options)));
  }

  #receive(bytes: Uint8Array): void {
    if (isLineEnds(bytes)) {
      // sip.js asks so whether the socket lives (RFC 5626 §3.5.1).
      if (this.socket.readyState === OPEN) this.socket.send('\r\n');
      return;
    }
    const parsed = parseMessage(bytes);
    if (!parsed.ok || checkMessage(parsed.message) !== null) {
      this.#options.counters.malformed += 1;
      if (parsed.message?.kind === 'request') this.#refuseDamaged(parsed.message);
      return;
    }
    if (parsed.message.kind === 'request') this.#receiveRequest(parsed.message);
    else this.#handUp(parsed.message);
  }

  #receiveRequest(request: SipRequest): void {
    if (request.method === 'REGISTER') return this.#options.onRegister(this, request);
    const bound = this.softphone?.socket === this.socket;
    const opensCall = request.method === 'INVITE' && !/;\s*tag=/i.test(header(request, 'To') ?? '');
    if (bound && !opensCall) {
      this.#handUp(request);
      return;
    }
    this.#options.counters.refused += 1;
    // A call that the engine did not place would escape the rules, the history and the recording (design §2).
    const reason = { name: 'Reason', value: 'SIP;cause=403;text="Calls are placed by the engine"' };
    this.reply(request, 403, 'Forbidden', [reason]);
  }

  #handUp(message: SipMessage): void {
    if (this.softphone?.socket !== this.socket) return;
    if (this.softphone.receive(serialise(message))) return;
    this.#options.counters.malformed += 1;
    if (message.kind === 'request') this.reply(message, 400, 'Bad Request');
  }

  #refuseDamaged(request: SipRequest): void {
    if (header(request, 'Via') && header(request, 'CSeq')) this.reply(request, 400, 'Bad Request');
  }
}

/** `ws` gives a Buffer, an ArrayBuffer or a list of Buffers. */
function bytesOf(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (Array.isArray(data)) return Buffer.concat(data as Buffer[]);
  return Buffer.from(String(data), 'utf8');
}

function isLineEnds(bytes: Uint8Array): boolean {
  return bytes.length <= 4 && bytes.every((byte) => byte === 0x0d || byte === 0x0a);
}
