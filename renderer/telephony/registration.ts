import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { ContractClient } from '../stores/index.ts';
import {
  type RegistrationEffect,
  type RegistrationEvent,
  type RegistrationState,
  transitionRegistration,
} from './registration-machine.ts';
import { type IncomingInvite, SipAgent, type SipLogin } from './sip-agent.ts';
import { replacedCloseCode } from './socket-transport.ts';

const probeEveryMs = 100;
const retryAfterMs = 2_000;

export interface RegistrationOptions {
  client: ContractClient;
  clock: Clock;
  captured(): Promise<MediaStream>;
  onState(state: RegistrationState): void;
  onInvite(invite: IncomingInvite): void;
}

/** Performs the effects of the registration machine: tickets, sockets, REGISTER, probes. */
export class Registration {
  state: RegistrationState = { kind: 'off' };
  readonly #options: RegistrationOptions;
  #agent: { epoch: string; sip: SipAgent } | null = null;
  #login: SipLogin | null = null;
  #stopProbe: (() => void) | null = null;
  #stopRetry: (() => void) | null = null;
  #turn = 0;

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  dispatch(event: RegistrationEvent): void {
    const before = this.state;
    const { state, effects } = transitionRegistration(before, event);
    this.state = state;
    for (const effect of effects) this.#perform(effect);
    if (this.state !== before) this.#options.onState(this.state);
  }

  /** The engine started anew: its dialogs are void, and so is the user agent that held them. */
  forgetEngine(): void {
    this.#agent?.sip.dispose();
    this.#agent = null;
    this.dispatch({ type: 'socketClosed', at: this.#options.clock.now() });
  }

  /** for tests: the socket dies under us */
  dropSocket(): void {
    this.#agent?.sip.disconnect();
    this.dispatch({ type: 'socketClosed', at: this.#options.clock.now() });
  }

  dispose(): void {
    this.dispatch({ type: 'unwanted' });
    this.#stopRetry?.();
    this.#agent?.sip.dispose();
    this.#agent = null;
  }

  #perform(effect: RegistrationEffect): void {
    switch (effect) {
      case 'fetchTicket':
        void this.#fetchTicket();
        return;
      case 'openSocket':
        this.#openSocket();
        return;
      case 'register':
        this.#agent?.sip.register();
        return;
      case 'closeSocket':
        this.#agent?.sip.disconnect();
        return;
      case 'startProbe':
        this.#probe();
        return;
      case 'stopProbe':
        this.#stopProbe?.();
        this.#stopProbe = null;
        return;
      case 'scheduleRetry':
        this.#stopRetry?.();
        this.#stopRetry = this.#options.clock.setTimer(retryAfterMs, () =>
          this.dispatch({ type: 'retryDue' }),
        );
    }
  }

  async #fetchTicket(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const login = await this.#options.client.send('access.sip-ticket', {});
      if (turn !== this.#turn) return;
      this.#login = login;
      this.dispatch({ type: 'ticketReceived' });
    } catch (error) {
      if (turn !== this.#turn) return;
      const code = error instanceof AppError ? error.code : 'internal';
      const reachable = !unreachableCodes.has(code);
      this.dispatch({ type: 'ticketFailed', at: this.#options.clock.now(), reachable, code });
    }
  }

  #openSocket(): void {
    const { connection } = this.#options.client;
    const login = this.#login;
    if (!login || connection.kind !== 'connected') {
      queueMicrotask(() => this.dispatch({ type: 'socketClosed', at: this.#options.clock.now() }));
      return;
    }
    if (this.#agent?.epoch !== connection.epoch) {
      this.#agent?.sip.dispose();
      this.#agent = { epoch: connection.epoch, sip: this.#newAgent(login) };
    }
    this.#agent.sip.connect(login);
  }

  #newAgent(login: SipLogin): SipAgent {
    return new SipAgent(login, () => this.#options.captured(), {
      onSocketOpened: () => this.dispatch({ type: 'socketOpened' }),
      onSocketClosed: (code) =>
        this.dispatch(
          code === replacedCloseCode
            ? { type: 'replaced' }
            : { type: 'socketClosed', at: this.#options.clock.now() },
        ),
      onRegistered: () => this.dispatch({ type: 'registered' }),
      onRejected: (status) => this.dispatch({ type: 'rejected', code: `sip.${status}` }),
      onInvite: (invite) => this.#options.onInvite(invite),
    });
  }

  /** Asks the health address until it answers; one question at a time. */
  #probe(): void {
    this.#stopProbe?.();
    let current = true;
    let cancelTimer = (): void => {};
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      const answered = await fetch(this.#options.client.healthUrl, {
        cache: 'no-store',
        signal: AbortSignal.any([abort.signal, AbortSignal.timeout(1000)]),
      }).then(
        (response) => response.ok,
        () => false,
      );
      if (!current) return;
      if (answered) this.dispatch({ type: 'healthAnswered' });
      else cancelTimer = this.#options.clock.setTimer(probeEveryMs, () => void ask());
    };
    this.#stopProbe = () => {
      current = false;
      cancelTimer();
      abort.abort();
    };
    void ask();
  }
}

/** Codes of the client that mean "not there", as opposed to an engine that says no. */
const unreachableCodes = new Set([
  'client.offline',
  'contract.not-connected',
  'contract.timeout',
  'contract.engine-restarted',
]);
