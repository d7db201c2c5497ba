import type { Clock } from '#shared/util/index.ts';
import { makeInvite, SipOutgoingCall, sipUri } from '../calls/index.ts';
import { SipCore } from '../core/index.ts';
import { newToken } from '../message/index.ts';
import { SoftphoneTransport } from './softphone-transport.ts';
import type { LineInvite, SoftphoneGrant, SoftphoneSocket, UnregisteredReason } from './types.ts';

/** How long a registration outlives its socket (design §2). */
export const SOCKET_GRACE_MS = 5000;
/**
 * A refresh may come so much late: softphones send it in the last hundredth of the time, and on a busy machine either side may be
 * slow. That the softphone is gone its socket tells sooner; an agent's talk is not to be cut for a late REGISTER.
 */
export const EXPIRY_GRACE_MS = 30_000;
const ENGINE_USER = 'dialdesk';

export interface SoftphoneOptions {
  clock: Clock;
  userAgent: string;
  grant: SoftphoneGrant;
  contactUri: string;
  socket: SoftphoneSocket;
  onOver(reason: UnregisteredReason): void;
}

/**
 * One registered softphone: its user agent and its line belong to the registration and outlive a socket.
 *
 *   bound ──socket closes──> adrift ──same Contact authenticates──> bound
 *     │                        └──5 s──> over (lost)
 *     └──Expires 0, expiry, replaced──> over
 */
export class Softphone {
  readonly contactUri: string;
  readonly #options: SoftphoneOptions;
  readonly #transport: SoftphoneTransport;
  readonly #core: SipCore;
  #line: SipOutgoingCall | null = null;
  #over = false;
  #stopGrace: () => void = () => {};
  #stopExpiry: () => void = () => {};

  constructor(options: SoftphoneOptions) {
    this.#options = options;
    this.contactUri = options.contactUri;
    this.#transport = new SoftphoneTransport(options.socket);
    const host = `${newToken().slice(0, 12)}.invalid`;
    this.#core = new SipCore(
      {
        transport: this.#transport,
        viaHost: host,
        contactUri: `${sipUri(ENGINE_USER, host)};transport=ws`,
        userAgent: options.userAgent,
        credentials: null,
      },
      { onMessage: (message) => message.reject({ statusCode: 405 }) },
    );
  }

  get socket(): SoftphoneSocket | null {
    return this.#transport.socket;
  }

  /** Gives a checked message to the user agent; false when sip.js does not understand it. */
  receive(text: string): boolean {
    try {
      return this.#core.receive(text);
    } catch {
      // sip.js throws in the middle of some senseless requests; the softphone's next message must still be served.
      return false;
    }
  }

  expireAfter(seconds: number): void {
    this.#stopExpiry();
    const endsInMs = seconds * 1000 + EXPIRY_GRACE_MS;
    this.#stopExpiry = this.#options.clock.setTimer(endsInMs, () => this.end('expired'));
  }

  /** The socket closed: keep everything for the grace. */
  drift(): void {
    if (this.#over) return;
    this.#transport.detach();
    this.#stopGrace();
    this.#stopGrace = this.#options.clock.setTimer(SOCKET_GRACE_MS, () => this.end('lost'));
  }

  /** A new socket of the same person with the same Contact, already authenticated. */
  swapIn(socket: SoftphoneSocket): void {
    this.#stopGrace();
    this.#transport.swapIn(socket);
  }

  inviteLine(invite: LineInvite): SipOutgoingCall {
    void this.#line?.hangUp();
    const { grant, clock } = this.#options;
    const message = makeInvite(this.#core, {
      requestUri: this.contactUri,
      toUri: grant.addressOfRecord,
      fromUri: sipUri(ENGINE_USER, grant.realm),
      extraHeaders: [`X-Dialdesk-Line: ${invite.nonce.replaceAll(/[^\x21-\x7e]/g, '')}`],
      offerSdp: invite.offerSdp,
    });
    const line = new SipOutgoingCall({
      core: this.#core,
      transport: this.#transport,
      clock,
      invite: message,
      offerSdp: invite.offerSdp,
      events: {
        beforeSend: (identity) => invite.beforeSend(identity),
        onAnswered: ({ answerSdp }) => invite.onAnswered(answerSdp),
        onFailed: ({ status }) => invite.onFailed(status),
        onEnded: () => invite.onEnded(),
      },
      onOver: () => {
        if (this.#line === line) this.#line = null;
      },
    });
    this.#line = line;
    return line;
  }

  async endLine(): Promise<void> {
    await this.#line?.hangUp();
  }

  end(reason: UnregisteredReason): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopGrace();
    this.#stopExpiry();
    this.#line?.abandon();
    this.#transport.close();
    this.#core.dispose();
    this.#options.onOver(reason);
  }
}
