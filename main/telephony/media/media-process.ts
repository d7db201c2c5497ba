import { AppError } from '#shared/errors/index.ts';
import { type Clock, Emitter } from '#shared/util/index.ts';
import type { ChildProcessPort, SpawnPort } from '../../shell/ports.ts';
import type {
  MediaEvent,
  MediaPort,
  MediaProcessMessage,
  MediaRequestMessage,
  MediaRequestName,
  MediaRequests,
} from './media-protocol.ts';

/** STUN takes up to 1.8 s and gathering candidates up to 3 s */
const REQUEST_TIMEOUT_MS = 6_000;
/** a process that lived less has not started properly */
const SHORT_LIFE_MS = 2_000;
const RESTART_AFTER_MS = 20;
const LARGEST_RESTART_WAIT_MS = 5_000;
const STOP_GRACE_MS = 2_500;

export interface MediaLogger {
  warn(message: string, details?: Record<string, unknown>): void;
}

export interface MediaProcess extends MediaPort {
  /** Starts the process and waits until it answers. @throws AppError `media.timeout` */
  start(): Promise<void>;
  /** Ends it; recordings are finished first. Requests after that fail with `media.stopped`. */
  stop(): Promise<void>;
  /** of the running process; undefined while there is none */
  readonly pid: number | undefined;
}

export interface MediaProcessOptions {
  spawn: SpawnPort;
  clock: Clock;
  logger: MediaLogger;
}

/**
 * Starts the media process and keeps it running: when it dies it is started again at once (with growing pauses if it keeps
 * dying), gets the last `configure` again, and then `onRestart` listeners are told. What was pending fails with
 * `media.restarted`; requests made meanwhile wait for the new process.
 */
export function createMediaProcess(options: MediaProcessOptions): MediaProcess {
  return new SupervisedMediaProcess(options);
}

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: AppError) => void;
  cancelTimer: () => void;
}

class SupervisedMediaProcess implements MediaProcess {
  readonly #options: MediaProcessOptions;
  readonly #events: Emitter<MediaEvent>;
  readonly #restarts: Emitter<void>;
  readonly #pending = new Map<number, Pending>();
  #waiting: MediaRequestMessage[] = [];
  #child: ChildProcessPort | null = null;
  #ready = false;
  #stopped = true;
  #nextRequestId = 1;
  #configuration: MediaRequests['configure']['input'] | null = null;
  #startedAtMs = 0;
  #shortLives = 0;
  #hasRun = false;
  #cancelRestart = (): void => {};
  #onFirstReady: (() => void) | null = null;

  constructor(options: MediaProcessOptions) {
    this.#options = options;
    const onListenerError = (error: unknown): void =>
      options.logger.warn('a listener of the media process failed', { error: String(error) });
    this.#events = new Emitter(onListenerError);
    this.#restarts = new Emitter(onListenerError);
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): Promise<void> {
    this.#stopped = false;
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.setTimer(REQUEST_TIMEOUT_MS, () => {
        reject(
          new AppError('media.timeout', 'the media process did not start', { retryable: true }),
        );
      });
      this.#onFirstReady = () => {
        cancel();
        resolve();
      };
      this.#spawn();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelRestart();
    const child = this.#child;
    this.#child = null;
    this.#ready = false;
    this.#failPending(new AppError('media.stopped', 'the media process was stopped'));
    await child?.stop(STOP_GRACE_MS);
  }

  request<Name extends MediaRequestName>(
    name: Name,
    input: MediaRequests[Name]['input'],
  ): Promise<MediaRequests[Name]['output']> {
    if (this.#stopped) {
      return Promise.reject(new AppError('media.stopped', 'the media process is not running'));
    }
    if (name === 'configure') this.#configuration = input as MediaRequests['configure']['input'];
    const requestId = this.#nextRequestId;
    this.#nextRequestId += 1;
    const message = { kind: 'request', requestId, name, input } as MediaRequestMessage;
    return new Promise((resolve, reject) => {
      const cancelTimer = this.#options.clock.setTimer(REQUEST_TIMEOUT_MS, () => {
        this.#pending.delete(requestId);
        reject(new AppError('media.timeout', `no reply to ${name}`, { retryable: true }));
      });
      this.#pending.set(requestId, { resolve: resolve as Pending['resolve'], reject, cancelTimer });
      if (this.#ready) this.#child?.send(message);
      else this.#waiting.push(message);
    });
  }

  onEvent(listener: (event: MediaEvent) => void): () => void {
    return this.#events.on(listener);
  }

  onRestart(listener: () => void): () => void {
    return this.#restarts.on(listener);
  }

  #spawn(): void {
    const child = this.#options.spawn('media');
    this.#child = child;
    this.#startedAtMs = this.#options.clock.monotonic();
    child.onMessage((message) => {
      if (child === this.#child) this.#onMessage(message as MediaProcessMessage);
    });
    child.onExit((code) => {
      if (child === this.#child) this.#onExit(code);
    });
  }

  #onMessage(message: MediaProcessMessage): void {
    if (message.kind === 'ready') this.#onReady();
    else if (message.kind === 'event') this.#events.emit(message.event);
    else this.#onReply(message);
  }

  #onReady(): void {
    this.#ready = true;
    const isRestart = this.#hasRun;
    this.#hasRun = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (isRestart) this.#configureAgain();
    for (const message of waiting) {
      if (this.#pending.has(message.requestId)) this.#child?.send(message);
    }
    this.#onFirstReady?.();
    this.#onFirstReady = null;
    if (isRestart) this.#restarts.emit();
  }

  #configureAgain(): void {
    if (!this.#configuration) return;
    this.request('configure', this.#configuration).catch((error: unknown) => {
      this.#options.logger.warn('the media process refused its configuration', {
        error: String(error),
      });
    });
  }

  #onReply(reply: Extract<MediaProcessMessage, { kind: 'reply' }>): void {
    const pending = this.#pending.get(reply.requestId);
    if (!pending) return;
    this.#pending.delete(reply.requestId);
    pending.cancelTimer();
    if (reply.ok) pending.resolve(reply.value);
    else pending.reject(new AppError(reply.code, reply.message));
  }

  #onExit(code: number | null): void {
    const lifeMs = this.#options.clock.monotonic() - this.#startedAtMs;
    this.#child = null;
    this.#ready = false;
    this.#shortLives = lifeMs < SHORT_LIFE_MS ? this.#shortLives + 1 : 0;
    this.#failPending(
      new AppError('media.restarted', 'the media process ended unexpectedly', { retryable: true }),
    );
    if (this.#stopped) return;
    const waitMs = Math.min(LARGEST_RESTART_WAIT_MS, RESTART_AFTER_MS * 2 ** this.#shortLives);
    this.#options.logger.warn('the media process ended and is started again', {
      code,
      lifeMs,
      waitMs,
    });
    this.#cancelRestart = this.#options.clock.setTimer(waitMs, () => this.#spawn());
  }

  #failPending(error: AppError): void {
    this.#waiting = [];
    for (const pending of this.#pending.values()) {
      pending.cancelTimer();
      pending.reject(error);
    }
    this.#pending.clear();
  }
}
