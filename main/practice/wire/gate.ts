import type { Clock } from '#shared/util/index.ts';
import type { SipSocket } from '../../telephony/sip/index.ts';
import type { CarrierAccess } from '../scenario/index.ts';
import { DigestGate } from './digest.ts';
import { Registrations } from './registrations.ts';
import { firstHeader, readRequest, type SipRequestText, writeReply } from './sip-text.ts';

interface Address {
  host: string;
  port: number;
}

export interface GateOptions {
  inner: SipSocket;
  access: CarrierAccess;
  clock: Clock;
  /** true: this INVITE is met with silence */
  ignoresInvite(invite: SipRequestText, from: Address): boolean;
}

/**
 * Stands between the network and the endpoint and decides who may call: it is the carrier's registrar, asks for
 * credentials, and swallows what a silent number must not answer. All its answers are stateless (RFC 3261 §8.2.7), so a
 * repeated request gets the same answer again.
 */
export class Gate implements SipSocket {
  onPacket: SipSocket['onPacket'] = null;
  readonly registrations: Registrations;
  readonly #options: GateOptions;
  readonly #digest: DigestGate | null;
  /** Call-ID and CSeq of INVITEs that were refused here: their ACKs end here too */
  readonly #refused = new Set<string>();
  readonly #admitted = new Set<string>();
  #lastCaller: Address | null = null;

  constructor(options: GateOptions) {
    this.#options = options;
    const now = () => options.clock.now();
    this.registrations = new Registrations(now);
    this.#digest = options.access.kind === 'register' ? new DigestGate(options.access, now) : null;
    options.inner.onPacket = (packet, from) => this.#receive(packet, from);
  }

  get localHost(): string {
    return this.#options.inner.localHost;
  }

  get localPort(): number {
    return this.#options.inner.localPort;
  }

  send(packet: Uint8Array, host: string, port: number): void {
    this.#options.inner.send(packet, host, port);
  }

  close(): Promise<void> {
    return this.#options.inner.close();
  }

  /** Where the engine is: the latest registration, else whoever called last. */
  engineAddress(): Address | null {
    return this.registrations.latest() ?? this.#lastCaller;
  }

  #receive(packet: Uint8Array, from: Address): void {
    const request = readRequest(packet);
    if (request === null || this.#mayPass(request, from)) this.onPacket?.(packet, from);
  }

  #mayPass(request: SipRequestText, from: Address): boolean {
    if (request.method === 'REGISTER') {
      this.#register(request, from);
      return false;
    }
    if (request.method === 'ACK') return !this.#refused.has(transactionKey(request));
    if (request.method !== 'INVITE' || isInDialog(request)) return true;
    return this.#mayCall(request, from);
  }

  #mayCall(invite: SipRequestText, from: Address): boolean {
    const key = transactionKey(invite);
    if (this.#admitted.has(key)) return true;
    const refusal = this.#refusalFor(invite, from);
    if (refusal !== null) {
      this.#remember(this.#refused, key);
      this.#reply(invite, from, refusal);
      return false;
    }
    this.#lastCaller = from;
    if (this.#options.ignoresInvite(invite, from)) return false;
    this.#remember(this.#admitted, key);
    return true;
  }

  #refusalFor(invite: SipRequestText, from: Address): Refusal | null {
    const { access } = this.#options;
    if (access.kind === 'refuse') return refused(access.status);
    if (access.kind === 'address') {
      const known = access.allow === undefined || access.allow.includes(from.host);
      return known ? null : refused(403);
    }
    if (!access.challengeInvites) return this.registrations.knows(from) ? null : refused(403);
    const credentials = firstHeader(invite, 'proxy-authorization');
    return this.#challengeUnlessValid(credentials, 'INVITE', 407);
  }

  #register(request: SipRequestText, from: Address): void {
    const { access } = this.#options;
    if (access.kind === 'refuse') return this.#reply(request, from, refused(access.status));
    const credentials = firstHeader(request, 'authorization');
    const refusal = this.#challengeUnlessValid(credentials, 'REGISTER', 401);
    if (refusal !== null) return this.#reply(request, from, refusal);
    const maxExpiresSec = access.kind === 'register' ? access.maxExpiresSec : 600;
    const extraHeaders = this.registrations.update(request, from, maxExpiresSec);
    this.#reply(request, from, { status: 200, reasonPhrase: 'OK', extraHeaders });
  }

  #challengeUnlessValid(credentials: string, method: string, status: 401 | 407): Refusal | null {
    if (this.#digest === null) return null;
    const verdict = this.#digest.check(credentials, method);
    if (verdict === 'accepted') return null;
    if (verdict === 'wrong') return refused(403);
    const header = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
    const reasonPhrase = status === 401 ? 'Unauthorized' : 'Proxy Authentication Required';
    return { status, reasonPhrase, extraHeaders: [`${header}: ${this.#digest.challenge()}`] };
  }

  #reply(request: SipRequestText, from: Address, refusal: Refusal): void {
    this.#options.inner.send(writeReply(request, { ...refusal, from }), from.host, from.port);
  }

  #remember(keys: Set<string>, key: string): void {
    keys.add(key);
    // Longer than any transaction lives (RFC 3261 §17: 64·T1), for as long as a call is being set up.
    this.#options.clock.setTimer(180_000, () => keys.delete(key));
  }
}

interface Refusal {
  status: number;
  reasonPhrase: string;
  extraHeaders?: readonly string[];
}

function refused(status: number): Refusal {
  return { status, reasonPhrase: status === 403 ? 'Forbidden' : 'Refused' };
}

function isInDialog(request: SipRequestText): boolean {
  return /;\s*tag=/i.test(firstHeader(request, 'to'));
}

function transactionKey(request: SipRequestText): string {
  const sequence = /^\d+/.exec(firstHeader(request, 'cseq'))?.[0] ?? '';
  return `${firstHeader(request, 'call-id')} ${sequence}`;
}
