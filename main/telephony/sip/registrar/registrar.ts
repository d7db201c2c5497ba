import { AppError } from '#shared/errors/index.ts';
import { type Clock, Emitter } from '#shared/util/index.ts';
import { header, type SipRequest } from '../message/index.ts';
import type { OutgoingCall, SipLogger } from '../types.ts';
import { Connection } from './connection.ts';
import { DigestServer } from './digest-server.ts';
import {
  type Binding,
  bindingOf,
  claimsAddressOfRecord,
  MIN_EXPIRES_SEC,
} from './register-request.ts';
import { Softphone } from './softphone.ts';
import type {
  LineInvite,
  Registrar,
  RegistrarCounters,
  SoftphoneGrant,
  SoftphoneSocket,
  UnregisteredReason,
} from './types.ts';

/** Close code that tells a window not to come back: another window of this person took the line. */
export const REPLACED_CLOSE_CODE = 4409;

export interface RegistrarOptions {
  clock: Clock;
  logger: SipLogger;
  userAgent: string;
}

/** The registrar of the agents' softphones on `/sip`: one softphone per person, the newest wins. */
export function createRegistrar(options: RegistrarOptions): Registrar {
  return new SoftphoneRegistrar(options);
}

class SoftphoneRegistrar implements Registrar {
  readonly counters: RegistrarCounters = { malformed: 0, refused: 0, recovered: 0 };
  readonly #options: RegistrarOptions;
  readonly #digest: DigestServer;
  readonly #softphones = new Map<string, Softphone>();
  readonly #sockets = new Set<SoftphoneSocket>();
  readonly #registered: Emitter<string>;
  readonly #unregistered: Emitter<{ personId: string; reason: UnregisteredReason }>;

  constructor(options: RegistrarOptions) {
    this.#options = options;
    this.#digest = new DigestServer(options.clock);
    const onListenerError = (error: unknown): void =>
      options.logger.error('sip: a listener of the registrar failed', {
        name: error instanceof Error ? error.name : 'unknown',
      });
    this.#registered = new Emitter(onListenerError);
    this.#unregistered = new Emitter(onListenerError);
  }

  acceptSocket(socket: SoftphoneSocket, grant: SoftphoneGrant): void {
    this.#sockets.add(socket);
    socket.on('close', () => void this.#sockets.delete(socket));
    new Connection({
      socket,
      grant,
      counters: this.counters,
      onRegister: (connection, request) => this.#onRegister(connection, request),
    });
  }

  registered(personId: string): boolean {
    return this.#softphones.has(personId);
  }

  onRegistered(listener: (personId: string) => void): () => void {
    return this.#registered.on(listener);
  }

  onUnregistered(listener: (personId: string, reason: UnregisteredReason) => void): () => void {
    return this.#unregistered.on(({ personId, reason }) => listener(personId, reason));
  }

  inviteLine(personId: string, invite: LineInvite): OutgoingCall {
    const softphone = this.#softphones.get(personId);
    if (!softphone)
      throw new AppError('sip.not-registered', 'No softphone of this person is here.');
    return softphone.inviteLine(invite);
  }

  async endLine(personId: string): Promise<void> {
    await this.#softphones.get(personId)?.endLine();
  }

  async close(): Promise<void> {
    for (const softphone of [...this.#softphones.values()]) softphone.end('closed');
    for (const socket of this.#sockets) socket.close(1001);
  }

  #onRegister(connection: Connection, request: SipRequest): void {
    const { grant } = connection;
    const verdict = this.#digest.verify(header(request, 'Authorization'), {
      method: 'REGISTER',
      requestUri: request.requestUri,
      ...grant,
    });
    if (verdict === 'absent' || verdict === 'stale') {
      const value = this.#digest.challenge(grant.realm, verdict === 'stale');
      connection.reply(request, 401, 'Unauthorized', [{ name: 'WWW-Authenticate', value }]);
      return;
    }
    if (verdict === 'refused' || !claimsAddressOfRecord(request, grant)) {
      this.counters.refused += 1;
      this.#options.logger.warn('sip: a softphone was refused', { personId: grant.personId });
      connection.reply(request, 403, 'Forbidden');
      return;
    }
    this.#bind(connection, request);
  }

  /** Only authenticated requests come here: a Contact alone proves nothing. */
  #bind(connection: Connection, request: SipRequest): void {
    const binding = bindingOf(request);
    if (!binding) return connection.reply(request, 400, 'Bad Request');
    if (binding.expiresSec === 0) return this.#leave(connection, request, binding);
    if (binding.expiresSec < MIN_EXPIRES_SEC) {
      const minExpires = { name: 'Min-Expires', value: String(MIN_EXPIRES_SEC) };
      return connection.reply(request, 423, 'Interval Too Brief', [minExpires]);
    }
    const present = this.#softphones.get(connection.grant.personId);
    const same = present?.contactUri === binding.contactUri ? present : null;
    if (same) this.#keep(connection, same);
    else this.#replace(connection, binding);
    connection.softphone?.expireAfter(binding.expiresSec);
    const value = `${binding.contactValue};expires=${binding.expiresSec}`;
    connection.reply(request, 200, 'OK', [{ name: 'Contact', value }]);
    // After the 200, so that the softphone is registered in its own eyes when the INVITE of its line comes.
    if (!same) this.#registered.emit(connection.grant.personId);
  }

  #keep(connection: Connection, softphone: Softphone): void {
    connection.softphone = softphone;
    const former = softphone.socket;
    if (former === connection.socket) return;
    softphone.swapIn(connection.socket);
    this.counters.recovered += 1;
    former?.close(REPLACED_CLOSE_CODE, 'replaced');
  }

  #replace(connection: Connection, binding: Binding): void {
    const { grant, socket } = connection;
    const former = this.#softphones.get(grant.personId);
    const formerSocket = former?.socket;
    former?.end('replaced');
    if (formerSocket !== socket) formerSocket?.close(REPLACED_CLOSE_CODE, 'replaced');
    const softphone = new Softphone({
      clock: this.#options.clock,
      userAgent: this.#options.userAgent,
      grant,
      contactUri: binding.contactUri,
      socket,
      onOver: (reason) => this.#onOver(grant.personId, softphone, reason),
    });
    connection.softphone = softphone;
    this.#softphones.set(grant.personId, softphone);
  }

  #leave(connection: Connection, request: SipRequest, binding: Binding): void {
    connection.reply(request, 200, 'OK');
    const present = this.#softphones.get(connection.grant.personId);
    const own = binding.contactUri === '*' || binding.contactUri === present?.contactUri;
    if (present && own) present.end('left');
  }

  #onOver(personId: string, softphone: Softphone, reason: UnregisteredReason): void {
    if (this.#softphones.get(personId) === softphone) this.#softphones.delete(personId);
    this.#unregistered.emit({ personId, reason });
  }
}
