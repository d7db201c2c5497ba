import type { TrunkSettings } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type Clock, Disposables } from '#shared/util/index.ts';
import type { TrunkInvite, TrunkMedia } from '../call/index.ts';
import type {
  IncomingCall,
  InviteRequest,
  OutgoingCall,
  SipEndpoint,
  SipEndpointOptions,
  SipFinal,
} from '../sip/types.ts';
import { callerIdString, dialString } from './number-format.ts';
import {
  nextTrunkStatus,
  type TrunkEvent,
  type TrunkFailure,
  type TrunkStatus,
  takesCalls,
} from './trunk-machine.ts';
import type { TrunkRecord } from './trunk-rows.ts';

export interface TrunkPorts {
  clock: Clock;
  createEndpoint(options: SipEndpointOptions): Promise<SipEndpoint>;
  /** public address of a socket of ours, asked from a STUN server */
  discoverPublicAddress(server: string): Promise<{ host: string; port: number }>;
  /** the address of ours that packets to this host leave from */
  localAddressTowards(host: string, port: number): Promise<string>;
  onChange(): void;
  onIncoming(call: IncomingCall): void;
  /** the port that SIP was bound to last time, so that a restarted engine is found where it was */
  lastPort(trunkId: string): number;
  rememberPort(trunkId: string, port: number): void;
}

type CallEvents = Pick<
  Required<InviteRequest>,
  'beforeSend' | 'onProvisional' | 'onAnswered' | 'onFailed' | 'onEnded'
>;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
const REGISTER_EXPIRES_SEC = 300;
/** A carrier says 100 within 200 ms (RFC 3261 §17.2.1); after so long without any packet of its own it is asked. */
const INVITE_SILENCE_MS = 4_000;
/** Shorter than timer F, so that a dead carrier does not hold the campaign for half a minute. */
const ASK_LIMIT_MS = 6_000;

/** One trunk: its socket, its state, and calls over it. Retries by itself while it is open. */
export class Trunk {
  readonly record: TrunkRecord;
  callsUp = 0;
  #status: TrunkStatus;
  #failedAt: number | null = null;
  #endpoint: SipEndpoint | null = null;
  #localHost = '127.0.0.1';
  #retryMs = FIRST_RETRY_MS;
  #closed = false;
  #asking = false;
  /** gives up the calls that nothing was heard of */
  readonly #unheard = new Set<() => void>();
  readonly #ports: TrunkPorts;
  readonly #owned = new Disposables();

  constructor(record: TrunkRecord, ports: TrunkPorts) {
    this.record = record;
    this.#ports = ports;
    this.#status = { kind: record.enabled ? 'connecting' : 'disabled', failure: null };
  }

  get status(): TrunkStatus {
    return this.#status;
  }

  get lastFailure(): (TrunkFailure & { at: number }) | null {
    const { failure } = this.#status;
    return failure === null || this.#failedAt === null ? null : { ...failure, at: this.#failedAt };
  }

  get endpoint(): SipEndpoint | null {
    return this.#endpoint;
  }

  async open(): Promise<void> {
    if (!this.record.enabled || this.#closed) return;
    try {
      this.#endpoint = await this.#bind();
    } catch (error) {
      this.#retry({ type: 'systemError', code: errorCode(error), retryAt: null }, () =>
        this.open(),
      );
      return;
    }
    if (this.#closed) return this.#endpoint.close();
    this.#endpoint.onIncoming = (call) => this.#ports.onIncoming(call);
    this.#ports.rememberPort(this.record.trunkId, this.#endpoint.localPort);
    if (this.record.settings.authentication === 'register')
      this.#endpoint.startRegistration((state) => this.#take({ type: 'registration', state }));
    else await this.#watch();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#owned.dispose();
    if (this.record.settings.authentication === 'register')
      await this.#endpoint?.stopRegistration().catch(() => {
        // The carrier may be gone; its registration of us runs out.
      });
    await this.#endpoint?.close();
    this.#endpoint = null;
  }

  /** @throws AppError `call.no-trunk` */
  invite(request: TrunkInvite): OutgoingCall {
    if (this.#endpoint === null || !takesCalls(this.#status.kind))
      throw new AppError('call.no-trunk', `the trunk is ${this.#status.kind}`);
    const { settings } = this.record;
    const { toNumber, callerId, ...rest } = request;
    const shown = callerIdString(callerId, settings);
    const asserted = settings.callerIdHeader === 'pAssertedIdentity';
    this.callsUp += 1;
    const watch = this.#watchCall(rest);
    try {
      const call = this.#endpoint.invite({
        ...rest,
        ...watch.events,
        toUser: dialString(toNumber, settings),
        fromUser: asserted && settings.user !== '' ? settings.user : shown,
        ...(asserted ? { assertedUser: shown } : {}),
      });
      watch.call = call;
      return call;
    } catch (error) {
      this.callsUp -= 1;
      throw error;
    }
  }

  /** Passes the events of a call on, counts it, and ends it when the carrier turns out to be dead. */
  #watchCall(request: Omit<TrunkInvite, 'toNumber' | 'callerId'>) {
    const watch = { call: null as OutgoingCall | null, events: {} as CallEvents };
    let over = false;
    const giveUp = () => {
      void watch.call?.hangUp();
      fail({ status: 0, reasonPhrase: 'No Response', q850Cause: null });
    };
    const finish = (): boolean => {
      this.#unheard.delete(giveUp);
      if (over) return false;
      over = true;
      this.callsUp -= 1;
      return true;
    };
    const fail = (final: SipFinal) => {
      // Given up already: only a person who was reached after all is still news.
      if (!finish() && final.answeredWhileCancelling !== true) return;
      request.onFailed(final);
    };
    const heard = () => {
      this.#unheard.delete(giveUp);
      this.#take({ type: 'heard' });
    };
    watch.events = {
      beforeSend: async (identity) => {
        await request.beforeSend(identity);
        if (over) return;
        this.#unheard.add(giveUp);
        this.#askIfSilent(giveUp);
      },
      onProvisional: (response) => {
        heard();
        request.onProvisional?.(response);
      },
      onAnswered: (answer) => {
        heard();
        return request.onAnswered(answer);
      },
      onFailed: (final) => {
        const silent = this.#unheard.has(giveUp) && final.status === 0;
        fail(final);
        if (silent) this.#onSilence();
      },
      onEnded: (end) => {
        finish();
        request.onEnded(end);
      },
    };
    return watch;
  }

  /** An INVITE that meets no packet at all, not even 100: asks the carrier whether it is there. */
  #askIfSilent(call: () => void): void {
    const received = this.#endpoint?.counters.received;
    this.#later(INVITE_SILENCE_MS, async () => {
      const stillSilent = this.#endpoint?.counters.received === received;
      if (!stillSilent || !this.#unheard.has(call) || this.#asking) return;
      await this.#ask().catch(() => this.#onSilence());
    });
  }

  /** @throws when nothing comes back in time */
  async #ask(): Promise<void> {
    const { endpoint } = this;
    if (endpoint === null) throw new AppError('call.no-trunk', 'the trunk is closed');
    this.#asking = true;
    try {
      await new Promise<void>((resolve, reject) => {
        const cancel = this.#ports.clock.setTimer(ASK_LIMIT_MS, () =>
          reject(new AppError('sip.no-answer', 'no answer to OPTIONS')),
        );
        endpoint
          .options()
          .then(() => resolve(), reject)
          .finally(cancel);
      });
    } finally {
      this.#asking = false;
    }
  }

  media(): TrunkMedia {
    const { settings } = this.record;
    return {
      bindHost: this.#localHost,
      codecs: settings.codecs,
      ...(settings.nat.kind === 'publicAddress' ? { publicHost: settings.nat.address } : {}),
      ...(settings.nat.kind === 'stun' ? { stun: parseServer(settings.nat.server) } : {}),
    };
  }

  async #bind(): Promise<SipEndpoint> {
    const { settings, password, trunkId } = this.record;
    const wanted = settings.localPort === 0 ? this.#ports.lastPort(trunkId) : settings.localPort;
    this.#localHost = await this.#ports.localAddressTowards(settings.host, settings.port);
    const options = await endpointOptions(
      settings,
      password ?? '',
      { host: this.#localHost, port: wanted },
      this.#ports,
    );
    try {
      return await this.#ports.createEndpoint(options);
    } catch (error) {
      // The port of last time may be taken by now; a port that was asked for must not be replaced.
      if (settings.localPort !== 0 || wanted === 0) throw error;
      return this.#ports.createEndpoint({ ...options, bindPort: 0 });
    }
  }

  /** Without registration: ask now and then, or believe it until a call proves the contrary. */
  async #watch(): Promise<void> {
    const { keepAliveMs } = this.record.settings;
    if (keepAliveMs === 0) return this.#take({ type: 'heard' });
    try {
      await this.#ask();
      this.#retryMs = FIRST_RETRY_MS;
      this.#take({ type: 'heard' });
      this.#later(keepAliveMs, () => this.#watch());
    } catch {
      this.#retry({ type: 'silence', retryAt: null }, () => this.#watch());
    }
  }

  /** The carrier is dead: the calls on their way to it fail now, and the trunk takes none until it is heard again. */
  #onSilence(): void {
    for (const giveUp of [...this.#unheard]) giveUp();
    if (this.record.settings.authentication === 'register') return;
    if (this.#status.kind !== 'unreachable')
      this.#retry({ type: 'silence', retryAt: null }, () => this.#probe());
  }

  /** After silence: one answer of any kind makes it usable again. */
  async #probe(): Promise<void> {
    try {
      await this.#ask();
      this.#retryMs = FIRST_RETRY_MS;
      this.#take({ type: 'heard' });
    } catch {
      this.#retry({ type: 'silence', retryAt: null }, () => this.#probe());
    }
  }

  #retry(event: Extract<TrunkEvent, { retryAt: number | null }>, again: () => Promise<void>): void {
    const delayMs = this.#retryMs;
    this.#retryMs = Math.min(LONGEST_RETRY_MS, delayMs * 2);
    this.#take({ ...event, retryAt: this.#ports.clock.now() + delayMs });
    this.#later(delayMs, again);
  }

  #later(delayMs: number, work: () => Promise<void>): void {
    if (this.#closed) return;
    this.#owned.add(this.#ports.clock.setTimer(delayMs, () => void work()));
  }

  #take(event: TrunkEvent): void {
    const before = this.#status;
    this.#status = nextTrunkStatus(before, event);
    if (this.#status.failure !== null) this.#failedAt = this.#ports.clock.now();
    if (before.kind !== this.#status.kind || before.failure !== this.#status.failure)
      this.#ports.onChange();
  }
}

/** What SIP needs to know, from the form. */
export async function endpointOptions(
  settings: TrunkSettings,
  password: string,
  local: { host: string; port: number },
  ports: Pick<TrunkPorts, 'discoverPublicAddress'>,
): Promise<SipEndpointOptions> {
  const publicAddress =
    settings.nat.kind === 'publicAddress'
      ? { host: settings.nat.address, port: settings.localPort === 0 ? 5060 : settings.localPort }
      : settings.nat.kind === 'stun'
        ? await ports.discoverPublicAddress(settings.nat.server)
        : null;
  return {
    bindHost: local.host,
    bindPort: local.port,
    ...(publicAddress === null ? {} : { publicAddress }),
    peer: { host: settings.host, port: settings.port },
    account: {
      user: settings.user === '' ? 'dialdesk' : settings.user,
      authUser: settings.authUser === '' ? settings.user : settings.authUser,
      password,
      domain: settings.domain === '' ? settings.host : settings.domain,
    },
    registerExpiresSec: REGISTER_EXPIRES_SEC,
    keepAliveMs: settings.nat.kind === 'none' ? 0 : settings.keepAliveMs,
    userAgent: 'Dialdesk',
  };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

export function parseServer(server: string): { host: string; port: number } {
  const match = /^(?:stun:)?([^:]+)(?::(\d+))?$/.exec(server);
  return { host: match?.[1] ?? server, port: Number(match?.[2] ?? 3478) };
}

function errorCode(error: unknown): string {
  if (error instanceof AppError) return error.code;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : 'system';
}
