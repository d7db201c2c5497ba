import type { LoginCode } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { assertNever, type Clock, Emitter } from '#shared/util/index.ts';
import type { ChildProcessPort, EngineToShell, ShellToEngine, SpawnPort } from '../ports.ts';
import {
  type EngineFault,
  initialSupervisorState,
  type SupervisorEffect,
  type SupervisorEvent,
  type SupervisorState,
  transition,
} from './supervisor-machine.ts';

/** An orderly stop ends calls at the far end first; the engine itself gives up after 8 s. */
const STOP_MS = 9_000;
const LOGIN_CODE_MS = 5_000;

export interface EngineReady {
  /** `http://127.0.0.1:23456` */
  url: string;
  sipUrl: string;
  pid: number;
  storeKind: StoreKind;
  login: LoginCode;
}

/** What a shell gives the engine of one store to start with. */
export interface EngineLaunch {
  args: readonly string[];
}

export interface SupervisorOptions {
  spawn: SpawnPort;
  clock: Clock;
  storeKind: StoreKind;
  /** @param newPort the port of last time was taken */
  launch(storeKind: StoreKind, newPort: boolean): EngineLaunch;
  /** answers `wrap-key` and `unwrap-key`; absent where the shell has no key store */
  secrets?: {
    wrap(key: Uint8Array): Promise<Uint8Array>;
    unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
  };
}

export type SupervisorReport =
  | { type: 'ready'; ready: EngineReady }
  | { type: 'lost' }
  | { type: 'failed'; fault: EngineFault }
  | { type: 'lines-up'; count: number }
  | { type: 'notify'; title: string; body: string };

/**
 * Runs the engine for a shell: starts it, starts it again when it dies, moves it to the other store when it asks for that, and
 * ends it in order.
 */
export class EngineSupervisor {
  readonly #options: SupervisorOptions;
  // a bug of a listener must show, and must not keep the engine from being looked after
  readonly #reports = new Emitter<SupervisorReport>((error) =>
    queueMicrotask(() => {
      throw error;
    }),
  );
  readonly #codes = new Map<number, (login: LoginCode | null) => void>();
  #state: SupervisorState = initialSupervisorState;
  #storeKind: StoreKind;
  #child: ChildProcessPort | null = null;
  #newPort = false;
  #cancelTimer = (): void => {};
  #whenStopped: (() => void)[] = [];
  #nextRequestId = 1;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#storeKind = options.storeKind;
  }

  get state(): SupervisorState {
    return this.#state;
  }

  get storeKind(): StoreKind {
    return this.#storeKind;
  }

  on(listener: (report: SupervisorReport) => void): () => void {
    return this.#reports.on(listener);
  }

  start(): void {
    this.#handle({ type: 'start' });
  }

  /** Ends the engine in order; resolves when it has ended. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenStopped.push(resolve);
      this.#handle({ type: 'stop' });
    });
  }

  /** Restarts on the other store. */
  openStore(storeKind: StoreKind): void {
    if (storeKind === this.#storeKind) return;
    this.#storeKind = storeKind;
    this.#newPort = false;
    this.#handle({ type: 'replace' });
  }

  power(event: 'suspend' | 'resume'): void {
    this.#tell({ type: 'power', event });
  }

  /**
   * A fresh single-use code for a window.
   * @throws AppError `shell.engine-not-ready`
   */
  async newLoginCode(): Promise<LoginCode> {
    if (this.#state.kind !== 'running') throw notReady();
    const requestId = this.#nextRequestId;
    this.#nextRequestId += 1;
    const login = await new Promise<LoginCode | null>((resolve) => {
      const cancel = this.#options.clock.setTimer(LOGIN_CODE_MS, () => resolve(null));
      this.#codes.set(requestId, (given) => {
        cancel();
        resolve(given);
      });
      this.#tell({ type: 'new-login-code', requestId });
    });
    this.#codes.delete(requestId);
    if (login === null) throw notReady();
    return login;
  }

  #handle(event: SupervisorEvent): void {
    const step = transition(this.#state, event);
    this.#state = step.state;
    for (const effect of step.effects) this.#perform(effect);
  }

  #perform(effect: SupervisorEffect): void {
    switch (effect.type) {
      case 'spawn':
        return this.#spawn();
      case 'choosePort':
        this.#newPort = true;
        return;
      case 'startTimer':
        this.#cancelTimer = this.#options.clock.setTimer(effect.delayMs, () =>
          this.#handle({ type: 'restartDue' }),
        );
        return;
      case 'cancelTimer':
        return this.#cancelTimer();
      case 'askToStop':
        return this.#askToStop();
      case 'stopped':
        for (const resolve of this.#whenStopped.splice(0)) resolve();
        return;
      case 'failed':
        return this.#reports.emit({ type: 'failed', fault: effect.fault });
      default:
        return assertNever(effect);
    }
  }

  #spawn(): void {
    const { args } = this.#options.launch(this.#storeKind, this.#newPort);
    this.#newPort = false;
    const child = this.#options.spawn('engine', { args });
    this.#child = child;
    child.onMessage((message) => {
      if (child === this.#child) this.#onMessage(message as EngineToShell);
    });
    child.onExit(() => {
      if (child === this.#child) this.#onExit();
    });
  }

  #onExit(): void {
    this.#child = null;
    const wasRunning = this.#state.kind === 'running';
    for (const answer of this.#codes.values()) answer(null);
    if (wasRunning) this.#reports.emit({ type: 'lost' });
    this.#handle({ type: 'exited', atMs: this.#options.clock.monotonic() });
  }

  #onMessage(message: EngineToShell): void {
    switch (message.type) {
      case 'ready': {
        const { url, sipUrl, pid, storeKind, login } = message;
        this.#handle({ type: 'ready', atMs: this.#options.clock.monotonic() });
        return this.#reports.emit({
          type: 'ready',
          ready: { url, sipUrl, pid, storeKind, login },
        });
      }
      case 'login-code':
        this.#codes.get(message.requestId)?.(message.login);
        return;
      case 'wrap-key':
        return this.#answerKey(message.requestId, (secrets) => secrets.wrap(message.key));
      case 'unwrap-key':
        return this.#answerKey(message.requestId, (secrets) => secrets.unwrap(message.wrapped));
      case 'open-store':
        return this.openStore(message.storeKind);
      case 'lines-up':
      case 'notify':
        return this.#reports.emit(message);
      case 'fatal':
        return this.#handle({ type: 'fatal', fault: message });
      default:
        // messages of the process layer (children of the engine) pass here too
        return;
    }
  }

  #answerKey(
    requestId: number,
    use: (secrets: NonNullable<SupervisorOptions['secrets']>) => Promise<Uint8Array>,
  ): void {
    const { secrets } = this.#options;
    const refuse = (message: string) =>
      this.#tell({ type: 'key-result', requestId, ok: false, message });
    if (secrets === undefined) return refuse('this shell has no key store');
    use(secrets).then(
      (bytes) => this.#tell({ type: 'key-result', requestId, ok: true, bytes }),
      (error: unknown) => refuse(error instanceof Error ? error.message : String(error)),
    );
  }

  #askToStop(): void {
    this.#tell({ type: 'stop' });
    const child = this.#child;
    const cancel = this.#options.clock.setTimer(STOP_MS, () => void child?.stop(1_000));
    child?.onExit(cancel);
  }

  #tell(message: ShellToEngine): void {
    this.#child?.send(message);
  }
}

function notReady(): AppError {
  return new AppError('shell.engine-not-ready', 'the engine is not ready', { retryable: true });
}
