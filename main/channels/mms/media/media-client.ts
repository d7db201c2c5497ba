import { Worker } from 'node:worker_threads';
import { AppError, fromErrorData } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { unreadable } from './media-errors.ts';
import type { FromMediaThread, ToMediaThread } from './media-protocol.ts';
import type { FittedMedia, MediaWish } from './media-types.ts';

/** A thread that has nothing to do for so long ends. */
const IDLE_MS = 30_000;
/** A photograph takes half a second; what takes longer than this was made to. */
const LONGEST_MS = 20_000;
const MOST_HEAP_MB = 768;

/** Runs from sources (type stripping) or from the bundle, where both entries lie side by side. */
export function mediaThreadEntry(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../../entries/media-maker.ts', import.meta.url)
    : new URL('./media-maker.mjs', import.meta.url);
}

interface Waiting {
  source: Uint8Array;
  wish: MediaWish;
  resolve(media: FittedMedia): void;
  reject(error: unknown): void;
}

/** Fits media on a thread that is started when it is needed, one after another, each for a limited time. */
export class MediaMaker {
  readonly #options: { clock: Clock; entry: URL; longestMs: number };
  readonly #waiting: Waiting[] = [];
  #current: Waiting | null = null;
  #worker: Worker | null = null;
  #lastId = 0;
  #closed = false;
  #cancelTimer: (() => void) | null = null;

  constructor(options: { clock: Clock; entry?: URL; longestMs?: number }) {
    const { clock, entry = mediaThreadEntry(), longestMs = LONGEST_MS } = options;
    this.#options = { clock, entry, longestMs };
  }

  /**
   * @param source copied to the thread: stays usable
   * @throws AppError `message.media-unreadable`, `message.media-too-large`, `message.media-kind`, `message.media-ended`
   */
  fit(source: Uint8Array, wish: MediaWish): Promise<FittedMedia> {
    if (this.#closed) return Promise.reject(ended());
    return new Promise<FittedMedia>((resolve, reject) => {
      this.#waiting.push({ source, wish, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const { worker, current } = this.#letGo();
    await worker?.terminate();
    for (const { reject } of [...(current ? [current] : []), ...this.#waiting.splice(0)]) {
      reject(ended());
    }
  }

  #next(): void {
    if (this.#current !== null) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#current = next;
    this.#worker ??= this.#start();
    this.#lastId += 1;
    const { source, wish } = next;
    this.#setTimer(this.#options.longestMs, () => this.#fail(unreadable('it takes too long')));
    this.#worker.postMessage({ id: this.#lastId, source, wish } satisfies ToMediaThread);
  }

  #start(): Worker {
    const worker = new Worker(this.#options.entry, {
      name: 'media-maker',
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    });
    worker.on('message', (message: FromMediaThread) => this.#receive(worker, message));
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker));
    return worker;
  }

  #receive(worker: Worker, message: FromMediaThread): void {
    const current = this.#current;
    if (worker !== this.#worker || message.id !== this.#lastId || current === null) return;
    this.#current = null;
    if (message.ok) current.resolve(message.media);
    else current.reject(fromErrorData(message.error));
    this.#setTimer(IDLE_MS, () => void this.#letGo().worker?.terminate());
    this.#next();
  }

  #lost(worker: Worker, cause?: unknown): void {
    if (worker === this.#worker) this.#fail(unreadable('it broke the reader', cause));
  }

  /** The thread ends with the file that it could not cope with; the others get a new one. */
  #fail(error: AppError): void {
    const { worker, current } = this.#letGo();
    void worker?.terminate();
    current?.reject(error);
    this.#next();
  }

  #letGo(): { worker: Worker | null; current: Waiting | null } {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const state = { worker: this.#worker, current: this.#current };
    this.#worker = null;
    this.#current = null;
    return state;
  }

  #setTimer(delayMs: number, callback: () => void): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.setTimer(delayMs, callback);
  }
}

function ended(): AppError {
  return new AppError('message.media-ended', 'the thread that fits media has ended');
}
