import type {
  CommandInput,
  CommandName,
  CommandOutput,
  LoginCode,
  Principal,
  ServerMessage,
} from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { failed, type Result } from '#shared/errors/index.ts';
import { assertNever, type Clock } from '#shared/util/index.ts';
import {
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  transition,
} from './connection-machine.ts';
import { ContractSocket, type OpenSocket, openWebSocket } from './contract-socket.ts';
import type { CredentialStore } from './credential-store.ts';
import { type ContractEvent, EventSequence, readEvent } from './event-sequence.ts';
import { type Fetch, HealthProbe } from './health-probe.ts';
import { Heartbeat } from './heartbeat.ts';
import { Login } from './login.ts';
import { clientError, PendingCommands } from './pending-commands.ts';
import { systemClock } from './system-clock.ts';

/** Who we are to the engine, and what kind of engine it is; from its welcome. */
export interface EngineWelcome {
  epoch: string;
  principal: Principal;
  storeKind: StoreKind;
  capabilities: readonly string[];
}

export interface ContractClientOptions {
  /** `ws://127.0.0.1:4123/contract`; a function where a restarted engine may have another port */
  url: string | (() => string);
  credentialStore: CredentialStore;
  /** a single-use code, tried before the stored credential */
  login?: LoginCode | null;
  onEvent?(event: ContractEvent): void;
  onStateChange?(state: ConnectionState): void;
  /** fetch snapshots now: after every login, and when an event was missed */
  onResync?(reason: 'connected' | 'gap'): void;
  /** the engine restarted: what was known of calls and lines is void; comes before `onResync` */
  onEpochChange?(epoch: string): void;
  /** a listener above threw; rethrown outside the client unless told, so that the connection does not suffer */
  onListenerError?(error: unknown): void;
  clock?: Clock;
  openSocket?: OpenSocket;
  fetch?: Fetch;
}

export interface SendOptions {
  /** the same for a repeat of the same wish; made by the client unless given */
  commandId?: string;
  /** 30 s unless told; afterwards the command may still be carried out */
  timeoutMs?: number;
}

export interface ContractClient {
  readonly state: ConnectionState;
  /** null until the first login */
  readonly engine: EngineWelcome | null;
  /** connects; after a refusal it tries again, with another code if one is given */
  start(login?: LoginCode): void;
  /** ends the connection for good; waiting commands answer `contract.not-connected` */
  stop(): void;
  /**
   * Never rejects: what went wrong is in the result. While there is no connection the command waits. Besides the codes
   * of the contract it answers `contract.timeout`, `contract.not-connected`, `contract.engine-restarted`,
   * `contract.bad-output` and the codes of a refused login.
   */
  send<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
    options?: SendOptions,
  ): Promise<Result<CommandOutput<Name>>>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_RETRY_MS = 5000;
/** from opening a socket to the engine's welcome */
const LOGIN_TIMEOUT_MS = 5000;

export function createContractClient(options: ContractClientOptions): ContractClient {
  const client = new Client(options);
  return {
    get state() {
      return client.state;
    },
    get engine() {
      return client.engine;
    },
    start: (login) => client.start(login),
    stop: () => client.dispatch({ kind: 'stop' }),
    send: (name, input, sendOptions) =>
      client.send(name, input, sendOptions) as Promise<Result<CommandOutput<typeof name>>>,
  };
}

/** Performs the effects of the connection machine and owns its timers and its socket. */
class Client {
  state: ConnectionState = { kind: 'idle' };
  engine: EngineWelcome | null = null;
  readonly #options: ContractClientOptions;
  readonly #clock: Clock;
  readonly #login: Login;
  readonly #pending: PendingCommands;
  readonly #probe: HealthProbe;
  readonly #heartbeat: Heartbeat;
  readonly #sequence = new EventSequence();
  #socket: ContractSocket | null = null;
  /** sockets in a row that did not end in a login */
  #failedAttempts = 0;

  constructor(options: ContractClientOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#login = new Login(options.credentialStore, options.login ?? null);
    this.#pending = new PendingCommands(this.#clock);
    const fetchHealth = options.fetch ?? ((url, init) => fetch(url, init));
    this.#probe = new HealthProbe(() => healthUrl(this.#url()), fetchHealth, this.#clock);
    this.#heartbeat = new Heartbeat(this.#clock);
  }

  start(login?: LoginCode): void {
    if (login) this.#login.use(login);
    this.dispatch({ kind: 'start' });
  }

  dispatch(event: ConnectionEvent): void {
    const before = this.state;
    const { state, effects } = transition(before, event);
    this.state = state;
    for (const effect of effects) this.#perform(effect);
    if (state !== before) this.#tell(() => this.#options.onStateChange?.(state));
  }

  send(name: CommandName, input: unknown, options: SendOptions = {}): Promise<Result<unknown>> {
    const { state } = this;
    if (state.kind === 'refused' || state.kind === 'stopped') {
      const code = state.kind === 'refused' ? state.code : 'contract.not-connected';
      return Promise.resolve(failed(clientError(code, 'not connected to the engine')));
    }
    const { id, result } = this.#pending.add(name, input, {
      commandId: options.commandId ?? crypto.randomUUID(),
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    });
    if (state.kind === 'ready') {
      this.#pending.send(id, state.epoch, (message) => this.#socket?.send(message));
    }
    return result;
  }

  #perform(effect: ConnectionEffect): void {
    switch (effect.kind) {
      case 'openSocket':
        return this.#openSocket();
      case 'closeSocket':
        this.#socket?.close();
        this.#socket = null;
        return;
      case 'startPinging':
        return this.#heartbeat.start(
          (n) => this.#socket?.send({ t: 'ping', n }),
          () => this.dispatch({ kind: 'engineSilent', at: this.#clock.now() }),
        );
      case 'stopPinging':
        return this.#heartbeat.stop();
      case 'startProbing':
        return this.#probe.start(this.#retryDelayMs(), () =>
          this.dispatch({ kind: 'engineAnswered' }),
        );
      case 'stopProbing':
        return this.#probe.stop();
      case 'flush':
        return this.#flush();
      case 'failPending':
        return this.#pending.failAll(effect.code);
      default:
        return assertNever(effect, 'connection effect');
    }
  }

  #openSocket(): void {
    this.#failedAttempts += 1;
    const open = this.#options.openSocket ?? openWebSocket;
    const socket: ContractSocket = new ContractSocket(
      open,
      this.#url(),
      (message) => this.#onMessage(message, socket),
      () => this.#onSocketClosed(socket),
    );
    this.#socket = socket;
    this.#clock.setTimer(LOGIN_TIMEOUT_MS, () => {
      const { kind } = this.state;
      if (this.#socket === socket && (kind === 'connecting' || kind === 'proving')) {
        this.dispatch({ kind: 'engineSilent', at: this.#clock.now() });
      }
    });
  }

  #onSocketClosed(socket: ContractSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.dispatch({ kind: 'socketClosed', at: this.#clock.now() });
  }

  #onMessage(message: ServerMessage, socket: ContractSocket): Promise<void> | void {
    this.#heartbeat.heard();
    switch (message.t) {
      case 'challenge':
        return this.#prove(message.serverNonce, socket);
      case 'welcome':
        return this.#accept(message, socket);
      case 'refused':
        return this.#onRefused(message.code, socket);
      case 'reply':
        return this.#pending.succeed(message.id, message.value);
      case 'error':
        return this.#pending.fail(message.id, message.error);
      case 'event':
        return this.#onEvent(message);
      case 'pong':
        return;
      default:
        return assertNever(message, 'server message');
    }
  }

  async #prove(serverNonce: string, socket: ContractSocket): Promise<void> {
    if (this.state.kind !== 'connecting') return;
    this.dispatch({ kind: 'challenged' });
    const proof = await this.#login.prove(serverNonce);
    if (this.#socket !== socket) return;
    if (proof) socket.send(proof);
    else this.dispatch({ kind: 'refused', code: 'access.no-credential' });
  }

  async #accept(
    welcome: Extract<ServerMessage, { t: 'welcome' }>,
    socket: ContractSocket,
  ): Promise<void> {
    if (this.state.kind !== 'proving') return;
    const problem = await this.#login.accept(welcome);
    if (this.#socket !== socket) return;
    if (problem) {
      this.dispatch({ kind: 'refused', code: problem });
      return;
    }
    const { epoch, principal, storeKind, capabilities } = welcome;
    const restarted = this.engine !== null && this.engine.epoch !== epoch;
    this.engine = { epoch, principal, storeKind, capabilities };
    this.#failedAttempts = 0;
    this.#sequence.reset(welcome.seq);
    this.dispatch({ kind: 'welcomed', epoch });
    if (restarted) this.#tell(() => this.#options.onEpochChange?.(epoch));
    this.#tell(() => this.#options.onResync?.('connected'));
  }

  #onRefused(code: Extract<ServerMessage, { t: 'refused' }>['code'], socket: ContractSocket): void {
    if (code === 'access.too-many-attempts') {
      // Passes with time: treated as a lost connection, which comes back more and more slowly.
      socket.close();
      this.#onSocketClosed(socket);
      return;
    }
    this.#login.refused();
    this.dispatch({ kind: 'refused', code });
  }

  #onEvent(message: Extract<ServerMessage, { t: 'event' }>): void {
    if (this.state.kind !== 'ready') return;
    const order = this.#sequence.next(message.seq);
    if (order === 'repeat') return;
    const event = readEvent(message);
    if (event !== 'unknown' && event !== 'unreadable') {
      this.#tell(() => this.#options.onEvent?.(event));
    }
    if (order === 'gap' || event === 'unreadable') {
      this.#tell(() => this.#options.onResync?.('gap'));
    }
  }

  #tell(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      const { onListenerError } = this.#options;
      if (onListenerError) onListenerError(error);
      else
        queueMicrotask(() => {
          throw error;
        });
    }
  }

  #flush(): void {
    if (this.state.kind !== 'ready') return;
    this.#pending.sendAll(this.state.epoch, (message) => this.#socket?.send(message));
  }

  /** None after a working connection; growing while the engine answers but the login does not come about. */
  #retryDelayMs(): number {
    if (this.#failedAttempts === 0) return 0;
    return Math.min(100 * 2 ** (this.#failedAttempts - 1), MAX_RETRY_MS);
  }

  #url(): string {
    const { url } = this.#options;
    return typeof url === 'string' ? url : url();
  }
}

function healthUrl(contractUrl: string): string {
  const url = new URL(contractUrl);
  url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
  url.pathname = '/health';
  url.search = '';
  return url.href;
}
