import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { CallTransport, InviteGate } from '../core/index.ts';
import {
  checkMessage,
  cseqOf,
  header,
  makeReply,
  newToken,
  parseMessage,
  parseVia,
  type SipRequest,
  type SipResponse,
  serialise,
} from '../message/index.ts';
import type { SipCounters, SipLogger } from '../types.ts';
import { ClientTransactions } from './client-transactions.ts';
import type { DatagramPort, DatagramSource } from './datagram-port.ts';
import { destinationOf } from './destination.ts';
import {
  withDialogHeaders,
  withOriginalAddresses,
  withReceived,
  withSipScheme,
  withUsableChallenge,
} from './normalise.ts';
import { HostResolver } from './resolve-host.ts';
import { ServerTransactions } from './server-transactions.ts';

export interface UdpTransportOptions {
  port: DatagramPort;
  clock: Clock;
  logger: SipLogger;
  counters: SipCounters;
  peer: DatagramSource | null;
}

/** What the transport hands up: messages that are whole and, for requests, new. False means not understood. */
export interface UdpTransportUser {
  onRequest(text: string, source: DatagramSource): boolean;
  onResponse(text: string): boolean;
}

/**
 * SIP over UDP below sip.js's core: counts and drops what is not SIP, repeats what UDP loses, remembers what was
 * answered, and sends each message where RFC 3261 §18 and RFC 3581 say.
 */
export class UdpTransport implements CallTransport {
  readonly protocol = 'UDP';
  readonly clients: ClientTransactions;
  /** by Call-ID */
  readonly gates = new Map<string, InviteGate>();
  /** by Call-ID: calls that open somewhere else than at the peer */
  readonly targets = new Map<string, DatagramSource>();
  readonly #servers: ServerTransactions;
  readonly #options: UdpTransportOptions;
  readonly #resolver: HostResolver;
  readonly #stopListening: () => void;
  #user: UdpTransportUser | null = null;

  constructor(options: UdpTransportOptions) {
    this.#options = options;
    this.#resolver = new HostResolver(options.clock);
    const wire = {
      clock: options.clock,
      transmit: (text: string, to: DatagramSource) => this.#transmit(text, to),
      retransmit: (text: string, to: DatagramSource) => this.#retransmit(text, to),
      onRepeatAnswered: () => {
        options.counters.repeatsAnswered += 1;
      },
    };
    this.clients = new ClientTransactions(wire);
    this.#servers = new ServerTransactions(wire);
    this.#stopListening = options.port.onDatagram((bytes, from) => this.#receive(bytes, from));
  }

  attach(user: UdpTransportUser): void {
    this.#user = user;
  }

  /**
   * Sends a message that sip.js made.
   * @throws AppError `sip.unsendable` when it names nowhere to go; the gate's or the system's error
   */
  async send(text: string): Promise<void> {
    const parsed = parseMessage(Buffer.from(text, 'utf8'));
    if (!parsed.ok) throw new AppError('sip.unsendable', `Not a SIP message: ${parsed.failure}.`);
    if (parsed.message.kind === 'response') return this.#sendResponse(parsed.message, text);
    return this.#sendRequest(parsed.message, text);
  }

  dropInvite(branch: string): void {
    this.clients.drop(branch, 'INVITE');
  }

  /** Sends a request of our own making; its responses go to `onResponse` alone. */
  request(
    request: SipRequest,
    destination: DatagramSource,
    onResponse: (response: SipResponse) => void,
  ): Promise<void> {
    return this.clients.start(request, serialise(request), destination, onResponse);
  }

  /** Hears the answers to an INVITE that an earlier run sent. */
  listenFor(
    invite: SipRequest,
    destination: DatagramSource,
    onResponse: (response: SipResponse) => void,
  ): void {
    this.clients.adopt(invite, serialise(invite), destination, onResponse);
  }

  /** Sends an ACK of our own making: never repeated by timer. */
  sendOnce(request: SipRequest, destination: DatagramSource): Promise<void> {
    return this.#transmit(serialise(request), destination);
  }

  keepAlive(): void {
    const { peer } = this.#options;
    if (peer) this.#transmit('\r\n\r\n', peer, false).catch(() => {});
  }

  dispose(): void {
    this.#stopListening();
    this.clients.dispose();
    this.#servers.dispose();
    this.gates.clear();
  }

  async #sendRequest(request: SipRequest, text: string): Promise<void> {
    const branch = parseVia(header(request, 'Via') ?? '')?.branch ?? '';
    const target = this.targets.get(header(request, 'Call-ID') ?? '');
    const destination =
      this.#inviteDestination(request, branch) ??
      destinationOf(request, target ?? this.#options.peer);
    if (!destination) throw new AppError('sip.unsendable', 'The request names nowhere to go.');
    if (this.#resolver.known(destination.host) === null)
      return this.#sendByName(request, text, destination);
    return this.#sendTo(request, text, destination);
  }

  /** A target inside a dialog whose name nobody knows is reached through the peer, when there is one. */
  async #sendByName(request: SipRequest, text: string, to: DatagramSource): Promise<void> {
    const { peer } = this.#options;
    const resolved = await this.#resolver.resolve(to.host).then(
      () => true,
      () => false,
    );
    if (!resolved && (!peer || peer.host === to.host)) {
      throw new AppError('sip.unsendable', 'The peer has no address.');
    }
    return this.#sendTo(request, text, resolved || !peer ? to : peer);
  }

  #sendTo(request: SipRequest, text: string, destination: DatagramSource): Promise<void> {
    const branch = parseVia(header(request, 'Via') ?? '')?.branch ?? '';
    if (request.method === 'ACK') {
      this.clients.rememberAck(branch, text);
      return this.#transmit(text, destination);
    }
    return this.#start(request, text, destination);
  }

  async #start(request: SipRequest, text: string, destination: DatagramSource): Promise<void> {
    const gate = request.method === 'INVITE' ? this.#gateOf(request) : undefined;
    if (gate) await gate(request, destination);
    return this.clients.start(request, text, destination);
  }

  #gateOf(request: SipRequest): InviteGate | undefined {
    const inDialog = /;\s*tag=/i.test(header(request, 'To') ?? '');
    return inDialog ? undefined : this.gates.get(header(request, 'Call-ID') ?? '');
  }

  /** CANCEL and the ACK to a refusal belong to their INVITE and follow it (RFC 3261 §9.1, §17.1.1.3). */
  #inviteDestination(request: SipRequest, branch: string): DatagramSource | null {
    if (request.method !== 'ACK' && request.method !== 'CANCEL') return null;
    return this.clients.destinationOf(branch, 'INVITE');
  }

  #sendResponse(response: SipResponse, text: string): Promise<void> {
    const asked = this.#servers.requestOf(response);
    if (!asked) return Promise.reject(new AppError('sip.unsendable', 'No request to answer.'));
    const { request, source } = asked;
    const rewritten = /tel:/i.test(`${header(request, 'From')}${header(request, 'To')}`);
    const wire = rewritten ? serialise(withOriginalAddresses(response, request)) : text;
    if (this.#servers.answered(response, wire)) this.#options.counters.retransmitted += 1;
    return this.#transmit(wire, source);
  }

  #receive(bytes: Uint8Array, source: DatagramSource): void {
    try {
      this.#options.counters.received += 1;
      if (isLineEnds(bytes)) this.#onKeepAlive(bytes, source);
      else if (!isStun(bytes)) this.#receiveMessage(bytes, source);
    } catch (error) {
      // Whatever a stranger's packet does to the layers above, the next packet must still be served.
      this.#malformed(error instanceof Error ? error.name : 'unknown');
    }
  }

  #receiveMessage(bytes: Uint8Array, source: DatagramSource): void {
    const parsed = parseMessage(bytes);
    const failure = parsed.ok ? checkMessage(parsed.message) : parsed.failure;
    if (failure || !parsed.ok) {
      this.#malformed(failure ?? 'unknown');
      if (parsed.message?.kind === 'request') this.#refuse(parsed.message, source);
      return;
    }
    if (parsed.message.kind === 'request') this.#receiveRequest(parsed.message, source);
    else this.#receiveResponse(parsed.message);
  }

  #receiveRequest(request: SipRequest, source: DatagramSource): void {
    if (!this.#servers.receive(request, source)) return;
    const marked = withSipScheme(withReceived(request, source), source.host);
    if (this.#handUp(serialise(marked), source)) return;
    this.#malformed('not-understood');
    if (request.method !== 'ACK') this.#refuse(request, source);
  }

  #handUp(text: string, source: DatagramSource): boolean {
    try {
      return this.#user?.onRequest(text, source) ?? false;
    } catch {
      // sip.js throws in the middle of some requests that are valid by their grammar and senseless by their content.
      return false;
    }
  }

  #receiveResponse(response: SipResponse): void {
    const branch = parseVia(header(response, 'Via') ?? '')?.branch ?? '';
    const invite = this.clients.requestOf(branch, 'INVITE');
    const verdict = this.clients.receive(response);
    // Answers to what was never asked are ordinary after a restart; they change nothing.
    if (verdict !== 'pass') return;
    const destination = this.clients.destinationOf(branch, 'INVITE');
    const repaired = withUsableChallenge(withDialogHeaders(response, invite, destination));
    if (!this.#user?.onResponse(serialise(repaired))) this.#malformed('not-understood');
  }

  /** 400 to a damaged request that still says whom to answer (RFC 3261 §21.4.1); ACK is never answered. */
  #refuse(request: SipRequest, source: DatagramSource): void {
    if (request.method === 'ACK' || !parseVia(header(request, 'Via') ?? '')) return;
    if (!header(request, 'Call-ID') || !cseqOf(request) || !header(request, 'From')) return;
    const options = { status: 400, reasonPhrase: 'Bad Request', toTag: newToken() };
    const reply = makeReply(withReceived(request, source), options);
    const text = serialise(reply);
    this.#servers.answered(reply, text);
    this.#transmit(text, source).catch(() => {});
  }

  #onKeepAlive(bytes: Uint8Array, source: DatagramSource): void {
    // A double line end asks for a single one (RFC 5626 §3.5.1), which is never answered: no loop.
    if (bytes.length === 4) this.#transmit('\r\n', source, false).catch(() => {});
  }

  #malformed(reason: string): void {
    this.#options.counters.malformed += 1;
    this.#options.logger.debug('sip: dropped a malformed message', { reason });
  }

  #retransmit(text: string, to: DatagramSource): void {
    this.#options.counters.retransmitted += 1;
    this.#transmit(text, to).catch(() => {});
  }

  async #transmit(text: string, to: DatagramSource, counted = true): Promise<void> {
    const address = this.#resolver.known(to.host) ?? (await this.#resolver.resolve(to.host));
    if (counted) this.#options.counters.sent += 1;
    await this.#options.port.send(Buffer.from(text, 'utf8'), { host: address, port: to.port });
  }
}

function isLineEnds(bytes: Uint8Array): boolean {
  return bytes.length <= 4 && bytes.every((byte) => byte === 0x0d || byte === 0x0a);
}

/** STUN shares the socket: two zero bits and the magic cookie (RFC 8489 §5). */
function isStun(bytes: Uint8Array): boolean {
  const [first = 0xff] = bytes;
  return (
    bytes.length >= 20 &&
    first < 4 &&
    bytes[4] === 0x21 &&
    bytes[5] === 0x12 &&
    bytes[6] === 0xa4 &&
    bytes[7] === 0x42
  );
}
