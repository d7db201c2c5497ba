import { Worker } from 'node:worker_threads';
import { AppError, fromErrorData } from '#shared/errors/index.ts';
import type { IndexProgress } from './debtor-index.ts';
import type {
  FromIndex,
  IndexQuestions,
  IndexThreadData,
  Question,
  QuestionName,
  ToIndex,
} from './index-protocol.ts';

/** Runs from sources (type stripping) or from the bundle, where both entries lie side by side. */
export function debtorIndexEntry(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../entries/debtor-index.ts', import.meta.url)
    : new URL('./debtor-index.mjs', import.meta.url);
}

/** after the thread has died, it is started again; soon the first time, later less often */
const RESTART_AFTER_MS = [200, 1_000, 5_000, 30_000];
/** a thread that lived so long did not die of its start */
const STEADY_AFTER_MS = 60_000;
/** above the longest wait of the thread itself: it only ends what would never be answered */
const ANSWER_TIMEOUT_MS = 30_000;
const MOST_PENDING = 500;
/** of objects alone; the arrays are beside them. Without limits, reading a million rows lets the heap grow for nothing. */
const MEMORY = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 192 };

export interface IndexClientOptions {
  connection: IndexThreadData;
  onProgress?: (progress: IndexProgress) => void;
  /** the thread ended without being asked */
  onLost?: (error: AppError) => void;
  entry?: URL;
  answerTimeoutMs?: number;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  timer: NodeJS.Timeout;
}

/**
 * The near end of the thread of lists and search. It is started again when it dies; a question is answered, or refused
 * with `list.unavailable`, and never hangs.
 */
export class IndexClient {
  readonly #options: IndexClientOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #lastId = 0;
  #isClosed = false;
  #deaths = 0;
  #startedAt = 0;
  #restart: NodeJS.Timeout | null = null;

  constructor(options: IndexClientOptions) {
    this.#options = options;
    this.#start();
  }

  /** @throws AppError `list.unavailable`, `list.not-ready` */
  ask<Name extends QuestionName>(
    name: Name,
    input: IndexQuestions[Name]['input'],
  ): Promise<IndexQuestions[Name]['output']> {
    const worker = this.#worker;
    if (!worker) return Promise.reject(unavailable('the thread of the lists is being started'));
    if (this.#pending.size >= MOST_PENDING) {
      return Promise.reject(unavailable('too many questions wait for the lists'));
    }
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const limitMs = this.#options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS;
      const timer = setTimeout(() => this.#tooLate(id), limitMs);
      timer.unref();
      // what comes back is of the question's own kind
      this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject, timer });
      const question = { name, input } as Question;
      worker.postMessage({ type: 'ask', id, question } satisfies ToIndex);
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#restart) clearTimeout(this.#restart);
    this.#rejectAll(unavailable('the lists are closed'));
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage({ type: 'close' } satisfies ToIndex);
    await ended;
  }

  #start(): void {
    this.#restart = null;
    this.#startedAt = performance.now();
    const worker = new Worker(this.#options.entry ?? debtorIndexEntry(), {
      workerData: this.#options.connection,
      name: 'debtor-index',
      resourceLimits: MEMORY,
    });
    this.#worker = worker;
    let cause: unknown;
    worker.on('message', (message: FromIndex) => this.#take(message));
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => this.#ended(cause));
  }

  #take(message: FromIndex): void {
    if (message.type === 'progress') {
      this.#options.onProgress?.(message.progress);
      return;
    }
    const pending = this.#settled(message.id);
    if (message.ok) pending?.resolve(message.value);
    else pending?.reject(fromErrorData(message.error));
  }

  #ended(cause: unknown): void {
    this.#worker = null;
    if (this.#isClosed) return;
    const error = unavailable('the thread of the lists has ended', cause);
    this.#rejectAll(error);
    this.#options.onLost?.(error);
    if (performance.now() - this.#startedAt > STEADY_AFTER_MS) this.#deaths = 0;
    const waitMs = RESTART_AFTER_MS[Math.min(this.#deaths, RESTART_AFTER_MS.length - 1)] ?? 0;
    this.#deaths += 1;
    this.#restart = setTimeout(() => this.#start(), waitMs);
    this.#restart.unref();
  }

  /** A thread that does not answer is of no use: it is ended, and started again as after any death. */
  #tooLate(id: number): void {
    this.#settled(id)?.reject(unavailable('the lists did not answer in time'));
    void this.#worker?.terminate();
  }

  #settled(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending) clearTimeout(pending.timer);
    return pending;
  }

  #rejectAll(error: AppError): void {
    for (const id of [...this.#pending.keys()]) this.#settled(id)?.reject(error);
  }
}

function unavailable(message: string, cause?: unknown): AppError {
  return new AppError('list.unavailable', message, { cause, retryable: true });
}
