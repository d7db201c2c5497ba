import { AppError } from '#shared/errors/index.ts';
import type { CallTransport, InviteGate, PeerAddress } from '../core/index.ts';
import { header, parseMessage } from '../message/index.ts';
import type { SoftphoneSocket } from './types.ts';

const OPEN = 1;
const MAX_WAITING = 32;
/** A WebSocket has no address that a later run could send to: a line ends with its socket. */
const NOWHERE: PeerAddress = { host: 'websocket.invalid', port: 0 };

/**
 * SIP over whichever WebSocket a registration has at the moment (RFC 7118). Between two sockets messages wait, so that a
 * BYE during a blip still arrives. Nothing is repeated: the transport is reliable.
 */
export class SoftphoneTransport implements CallTransport {
  readonly protocol = 'WS';
  readonly gates = new Map<string, InviteGate>();
  #socket: SoftphoneSocket | null;
  #waiting: string[] = [];
  #closed = false;

  constructor(socket: SoftphoneSocket) {
    this.#socket = socket;
  }

  get socket(): SoftphoneSocket | null {
    return this.#socket;
  }

  /** @throws AppError `sip.closed` when the registration is over */
  async send(text: string): Promise<void> {
    await this.#passGate(text);
    if (this.#closed) throw new AppError('sip.closed', 'The softphone is gone.');
    if (this.#socket?.readyState === OPEN) this.#socket.send(text);
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push(text);
  }

  dropInvite(): void {}

  /** The socket closed; what is sent from now on waits for the next. */
  detach(): void {
    this.#socket = null;
  }

  swapIn(socket: SoftphoneSocket): void {
    this.#socket = socket;
    for (const text of this.#waiting.splice(0)) socket.send(text);
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  async #passGate(text: string): Promise<void> {
    if (!text.startsWith('INVITE ')) return;
    const parsed = parseMessage(Buffer.from(text, 'utf8'));
    if (!parsed.ok || parsed.message.kind !== 'request') return;
    if (/;\s*tag=/i.test(header(parsed.message, 'To') ?? '')) return;
    await this.gates.get(header(parsed.message, 'Call-ID') ?? '')?.(parsed.message, NOWHERE);
  }
}
