import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError, invariant } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { ContactRules } from '../../contact-rules/index.ts';
import { createReadDb, openConnection, systemClock } from '../../store/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { type DryRunCounts, dryRun } from './dry-run.ts';
import { Screener } from './screener.ts';
import type { FromScreening, ScreeningThreadData, ToScreening } from './screening-protocol.ts';
import type { ScreeningChunk } from './screening-writes.ts';

export type OpenRules = (storeKind: StoreKind, clock: Clock) => ContactRules;

/** pages are read in the order in which they lie, and seldom twice */
const CACHE_KIB = 16 * 1024;
/** while nothing is to be done, the log of changes is looked at so often */
const IDLE_MS = 200;
const TELL_EVERY_MS = 500;

/** The clock of the engine is watched by the engine, which knows when the machine was asleep. */
const unwatchedClock: Clock = { ...systemClock, monotonic: () => systemClock.now() };

/** The thread of screening. Call it once, in the entry file of the worker. @param openRules the door of a kind of store */
export function runScreeningThread(openRules: OpenRules): void {
  invariant(parentPort, 'runs in a worker thread only');
  new ScreeningThread(parentPort, workerData as ScreeningThreadData, openRules).start();
}

/** Questions between two steps of work; writes go to the one writer, through the engine's main thread. */
class ScreeningThread {
  readonly #port: MessagePort;
  readonly #screener: Screener;
  readonly #writes = new Map<number, { resolve(): void; reject(error: unknown): void }>();
  readonly #changed = new Set<string>();
  readonly #parts: { read: ReadDb; rules: ContactRules };
  /** each goes on by a part with each step */
  readonly #dryRuns = new Map<number, Generator<undefined, DryRunCounts>>();
  #lastWrite = 0;
  #toldMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #isQueued = false;

  constructor(port: MessagePort, data: ScreeningThreadData, openRules: OpenRules) {
    this.#port = port;
    const { file, keyHex, storeKind } = data;
    const database = openConnection({ file, keyHex, role: 'reader' });
    database.pragma(`cache_size = -${CACHE_KIB}`);
    this.#parts = {
      read: createReadDb(database),
      rules: openRules(storeKind, unwatchedClock),
    };
    this.#screener = new Screener({
      ...this.#parts,
      clock: systemClock,
      write: (chunk, freed) => this.#write(chunk, freed),
      onChange: (campaignId) => this.#changed.add(campaignId),
      onClockDoubted: () => this.#post({ type: 'clockDoubted' }),
    });
    port.on('message', (message: ToScreening) => {
      if (message.type !== 'close') return this.#take(message);
      port.close();
      database.close();
      process.exit(0);
    });
  }

  start(): void {
    for (const campaignId of this.#screener.campaignIds) this.#changed.add(campaignId);
    this.#queue();
  }

  #take(message: Exclude<ToScreening, { type: 'close' }>): void {
    if (message.type === 'view') {
      if (message.startOver) this.#screener.screen(message.campaignId);
      const view = this.#screener.askedView(message.campaignId);
      this.#post({ type: 'answer', id: message.id, view });
    } else if (message.type === 'dryRun') {
      const { read, rules } = this.#parts;
      this.#dryRuns.set(message.id, dryRun(read, rules, message.question));
    } else if (message.type === 'written') {
      const waiting = this.#writes.get(message.id);
      this.#writes.delete(message.id);
      if (message.ok) waiting?.resolve();
      else waiting?.reject(new AppError('store.other', 'what was found was not written'));
    } else if (message.isDoubted) this.#screener.doubtClock();
    else this.#screener.trustClock();
    this.#queue();
  }

  #queue(): void {
    if (this.#isQueued) return;
    this.#isQueued = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    setImmediate(() => this.#step());
  }

  #step(): void {
    this.#isQueued = false;
    this.#goOnDryRuns();
    const progress = this.#screener.work();
    this.#tell();
    if (progress === 'busy' || this.#dryRuns.size > 0) this.#queue();
    else this.#timer ??= setTimeout(() => this.#onTimer(), IDLE_MS);
  }

  #goOnDryRuns(): void {
    for (const [id, run] of this.#dryRuns) {
      let counts: DryRunCounts | null = null;
      try {
        const part = run.next();
        if (!part.done) continue;
        counts = part.value;
      } catch {
        // the near end says that there is no answer
      }
      this.#dryRuns.delete(id);
      this.#post({ type: 'dryRun', id, counts });
    }
  }

  #onTimer(): void {
    this.#timer = null;
    this.#queue();
  }

  #tell(): void {
    const nowMs = systemClock.monotonic();
    if (this.#changed.size === 0 || nowMs - this.#toldMs < TELL_EVERY_MS) return;
    this.#toldMs = nowMs;
    const views = [...this.#changed].map((campaignId) => this.#screener.view(campaignId));
    this.#changed.clear();
    this.#post({ type: 'views', views });
  }

  #write(chunk: ScreeningChunk, freed: string[]): Promise<void> {
    this.#lastWrite += 1;
    const id = this.#lastWrite;
    this.#post({ type: 'write', id, chunk, freed });
    return new Promise((resolve, reject) => this.#writes.set(id, { resolve, reject }));
  }

  #post(message: FromScreening): void {
    this.#port.postMessage(message);
  }
}
