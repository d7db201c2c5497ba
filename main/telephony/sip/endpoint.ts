import type { InviteUserAgentServer } from 'sip.js/lib/core/index.js';
import { invariant } from '#shared/errors/index.ts';
import type { Clock, Random } from '#shared/util/index.ts';
import { makeInvite, SipIncomingCall, SipOutgoingCall, sipUri } from './calls/index.ts';
import { parseSipUri, SipCore } from './core/index.ts';
import { newToken, parseHostPort } from './message/index.ts';
import { OrphanEnder } from './orphan/index.ts';
import { Registration } from './registration/index.ts';
import { discoverThrough } from './stun/index.ts';
import {
  type DatagramPort,
  type DatagramSource,
  fromSipSocket,
  openDatagramPort,
} from './transport/datagram-port.ts';
import { localAddressTowards } from './transport/local-address.ts';
import { UdpTransport } from './transport/udp-transport.ts';
import type {
  DialogIdentity,
  IncomingCall,
  InviteRequest,
  OutgoingCall,
  RegistrationState,
  SipCounters,
  SipEndpoint,
  SipEndpointOptions,
  SipLogger,
} from './types.ts';

export interface SipServices {
  clock: Clock;
  /** jitter of retries; tags, branches and Call-IDs come from the system's secure source */
  random: Random;
  logger: SipLogger;
}

/**
 * Opens a UDP socket that speaks SIP.
 * @throws AppError `sip.bind-failed`; `sip.stun-no-answer`, `sip.stun-unreachable` when `stun` is given
 */
export async function createSipEndpoint(
  options: SipEndpointOptions,
  services: SipServices,
): Promise<SipEndpoint> {
  const port = options.socket
    ? fromSipSocket(options.socket)
    : await openDatagramPort(options.bindHost, options.bindPort);
  try {
    const shown = await shownAddress(options, port, services.clock);
    return new UdpEndpoint(options, services, port, shown);
  } catch (error) {
    await port.close();
    throw error;
  }
}

/** What Via and Contact say: the known outside of a NAT, else the address this machine uses towards the peer. */
async function shownAddress(
  options: SipEndpointOptions,
  port: DatagramPort,
  clock: Clock,
): Promise<DatagramSource> {
  if (options.publicAddress) return options.publicAddress;
  if (options.stun) return discoverThrough(port, options.stun, clock);
  const anywhere = port.localHost === '0.0.0.0' || port.localHost === '::';
  if (!anywhere) return { host: port.localHost, port: port.localPort };
  const host = options.peer ? await localAddressTowards(options.peer) : '127.0.0.1';
  return { host, port: port.localPort };
}

class UdpEndpoint implements SipEndpoint {
  onIncoming: ((call: IncomingCall) => void) | null = null;
  readonly localHost: string;
  readonly localPort: number;
  readonly counters: SipCounters = {
    received: 0,
    sent: 0,
    retransmitted: 0,
    malformed: 0,
    repeatsAnswered: 0,
  };
  readonly #options: SipEndpointOptions;
  readonly #services: SipServices;
  readonly #port: DatagramPort;
  readonly #transport: UdpTransport;
  readonly #core: SipCore;
  readonly #contactUri: string;
  readonly #calls = new Set<{ abandon(): void }>();
  #registration: Registration | null = null;
  #stopKeepAlive: () => void = () => {};
  #source: DatagramSource = { host: '', port: 0 };

  constructor(
    options: SipEndpointOptions,
    services: SipServices,
    port: DatagramPort,
    shown: DatagramSource,
  ) {
    this.#options = options;
    this.#services = services;
    this.#port = port;
    this.localHost = port.localHost;
    this.localPort = port.localPort;
    this.#transport = new UdpTransport({
      port,
      clock: services.clock,
      logger: services.logger,
      counters: this.counters,
      peer: options.peer ?? null,
    });
    const shownHost = `${shown.host}:${shown.port}`;
    this.#contactUri = sipUri(options.account.user, shownHost);
    this.#core = this.#makeCore(shownHost);
    this.#transport.attach({
      onRequest: (text, source) => {
        this.#source = source;
        return this.#core.receive(text);
      },
      onResponse: (text) => this.#core.receive(text),
    });
    if (options.keepAliveMs > 0) this.#keepAlive(options.keepAliveMs);
  }

  invite(request: InviteRequest): OutgoingCall {
    const { account } = this.#options;
    const host = request.target ? `${request.target.host}:${request.target.port}` : this.#domain();
    const asserted = request.assertedUser;
    const toUri = sipUri(request.toUser, host);
    const invite = makeInvite(this.#core, {
      requestUri: toUri,
      toUri,
      fromUri: sipUri(asserted === undefined ? request.fromUser : account.user, account.domain),
      ...(request.fromDisplayName === undefined
        ? {}
        : { fromDisplayName: request.fromDisplayName }),
      extraHeaders: [
        ...(asserted === undefined
          ? []
          : [`P-Asserted-Identity: <${sipUri(asserted, account.domain)}>`]),
        ...(request.extraHeaders ?? []).filter(isOneLine),
      ],
      offerSdp: request.offerSdp,
    });
    if (request.target) this.#transport.targets.set(invite.callId, request.target);
    const call = new SipOutgoingCall({
      core: this.#core,
      transport: this.#transport,
      clock: this.#services.clock,
      invite,
      offerSdp: request.offerSdp,
      events: request,
      onOver: () => {
        this.#calls.delete(call);
        this.#transport.targets.delete(invite.callId);
      },
    });
    this.#calls.add(call);
    return call;
  }

  options(): Promise<{ status: number; roundTripMs: number }> {
    const { account } = this.#options;
    const { clock } = this.#services;
    const startedAt = clock.monotonic();
    const request = this.#core.makeOutgoingRequestMessage(
      'OPTIONS',
      parseSipUri(sipUri('', this.#domain())),
      parseSipUri(sipUri(account.user, account.domain)),
      parseSipUri(sipUri('', this.#domain())),
      { callId: newToken(), fromTag: newToken(), cseq: 1 },
      [`Contact: ${this.#core.contactText}`],
    );
    return new Promise((resolve) => {
      const done = ({ message }: { message: { statusCode?: number | undefined; data?: string } }) =>
        resolve({
          // Without data sip.js made the response up: nothing was heard.
          status: message.data ? (message.statusCode ?? 0) : 0,
          roundTripMs: clock.monotonic() - startedAt,
        });
      this.#core.request(request, { onAccept: done, onReject: done, onRedirect: done });
    });
  }

  startRegistration(listener: (state: RegistrationState) => void): void {
    this.#registration?.dispose();
    this.#registration = new Registration({
      core: this.#core,
      clock: this.#services.clock,
      random: this.#services.random,
      account: { user: this.#options.account.user, domain: this.#options.account.domain },
      expiresSec: this.#options.registerExpiresSec,
      listener,
    });
    this.#registration.start();
  }

  async stopRegistration(): Promise<void> {
    await this.#registration?.stop();
  }

  endOrphan(
    identity: DialogIdentity,
    onConfirmed: (identity: DialogIdentity) => Promise<void> = () => Promise.resolve(),
  ): Promise<'ended' | 'unknown-to-peer' | 'no-answer'> {
    const { clock } = this.#services;
    const ender = new OrphanEnder({ transport: this.#transport, clock, onConfirmed }, identity);
    ender.start();
    return ender.outcome;
  }

  async close(): Promise<void> {
    this.#stopKeepAlive();
    this.#registration?.dispose();
    for (const call of [...this.#calls]) call.abandon();
    this.#core.dispose();
    this.#transport.dispose();
    await this.#port.close();
  }

  #makeCore(viaHost: string): SipCore {
    const { account, userAgent } = this.#options;
    const credentials = account.password
      ? { user: account.authUser || account.user, password: account.password }
      : null;
    return new SipCore(
      { transport: this.#transport, viaHost, contactUri: this.#contactUri, userAgent, credentials },
      {
        onInvite: (invite) => this.#onInvite(invite as InviteUserAgentServer),
        // sip.js would answer 200 and nobody would read the text.
        onMessage: (message) => message.reject({ statusCode: 405 }),
      },
    );
  }

  #onInvite(invite: InviteUserAgentServer): void {
    if (!this.onIncoming) {
      invite.reject({ statusCode: 480 });
      return;
    }
    const call = new SipIncomingCall({
      core: this.#core,
      clock: this.#services.clock,
      invite,
      remoteHost: this.#source.host,
      remotePort: this.#source.port,
      localContact: this.#contactUri,
      onOver: () => this.#calls.delete(call),
    });
    this.#calls.add(call);
    this.onIncoming(call);
  }

  /** Request-URI's host: the domain, with the peer's port when the domain is the peer itself. */
  #domain(): string {
    const { account, peer } = this.#options;
    const { host, port } = parseHostPort(account.domain);
    if (port !== null || !peer || peer.host !== host || peer.port === 5060) return account.domain;
    return `${host}:${peer.port}`;
  }

  #keepAlive(everyMs: number): void {
    this.#stopKeepAlive = this.#services.clock.setTimer(everyMs, () => {
      this.#transport.keepAlive();
      this.#keepAlive(everyMs);
    });
  }
}

/** A line end inside a header value would let whoever chose it write headers of their own. */
function isOneLine(line: string): boolean {
  invariant(!/[\r\n]/.test(line), 'an extra header is one line');
  return true;
}
