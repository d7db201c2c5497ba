import { Worker } from 'node:worker_threads';
import { AppError, fromErrorData } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { LetterModel } from './letter/letter-model.ts';
import type { FromLetterThread, ToLetterThread } from './letter-protocol.ts';

/** Its fonts take 40 MB: a thread that has nothing to do for so long ends. */
const IDLE_MS = 30_000;

/** Runs from sources (type stripping) or from the bundle, where both entries lie side by side. */
export function letterThreadEntry(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../entries/letter-maker.ts', import.meta.url)
    : new URL('./letter-maker.mjs', import.meta.url);
}

interface Waiting {
  resolve(drawn: { bytes: Uint8Array; pages: number }): void;
  reject(error: unknown): void;
}

/** Draws letters on a thread that is started when it is needed. */
export class LetterMaker {
  readonly #entry: URL;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;
  #cancelIdle: (() => void) | null = null;

  constructor(options: { clock: Clock; entry?: URL }) {
    this.#clock = options.clock;
    this.#entry = options.entry ?? letterThreadEntry();
  }

  /** @throws AppError `document.not-drawn`, `document.thread-lost` */
  draw(letter: LetterModel): Promise<{ bytes: Uint8Array; pages: number }> {
    this.#cancelIdle?.();
    this.#cancelIdle = null;
    this.#worker ??= this.#start();
    this.#lastId += 1;
    const id = this.#lastId;
    const drawn = new Promise<{ bytes: Uint8Array; pages: number }>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    this.#worker.postMessage({ id, letter } satisfies ToLetterThread);
    return drawn;
  }

  async close(): Promise<void> {
    this.#cancelIdle?.();
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
    this.#failAll(undefined);
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { name: 'letter-maker' });
    worker.on('message', (message: FromLetterThread) => this.#receive(message));
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker));
    return worker;
  }

  #receive(message: FromLetterThread): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.ok) waiting?.resolve({ bytes: message.bytes, pages: message.pages });
    else waiting?.reject(fromErrorData(message.error));
    if (this.#waiting.size > 0) return;
    this.#cancelIdle = this.#clock.setTimer(IDLE_MS, () => void this.close());
  }

  #lost(worker: Worker, cause?: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#failAll(cause);
  }

  #failAll(cause: unknown): void {
    for (const { reject } of this.#waiting.values()) {
      reject(
        new AppError('document.thread-lost', 'the thread that draws letters has ended', { cause }),
      );
    }
    this.#waiting.clear();
  }
}
