import { Worker } from 'node:worker_threads';
import { leads } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Audience, Handlers, Publisher } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import type { DryRunCounts, DryRunQuestion } from './dry-run.ts';
import type { ScreeningView } from './screener.ts';
import type { FromScreening, ScreeningThreadData, ToScreening } from './screening-protocol.ts';
import { screeningWrites } from './screening-writes.ts';

/** Runs from sources (type stripping) or from the bundle, where both entries lie side by side. */
export function screeningEntry(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../entries/screening.ts', import.meta.url)
    : new URL('./screening.mjs', import.meta.url);
}

export interface ScreeningParts {
  store: Store;
  /** what the thread opens its own reading connection with */
  connection: { readonly file: string; readonly keyHex: string };
  storeKind: StoreKind;
  clock: Clock;
  clockSuspect(): boolean;
  publisher: Publisher;
  /** entries of a running campaign may be dialed again */
  onFreed(campaignId: string): void;
  log(message: string, details?: Record<string, unknown>): void;
  /** the program of the thread; the product's own when absent */
  entry?: URL;
}

const LEADS: Audience = { kind: 'roles', roles: leads };
/** after the thread has died, it is started again; soon the first time, later less often */
const RESTART_AFTER_MS = [200, 1_000, 5_000, 30_000];
const STEADY_AFTER_MS = 60_000;
const LOOK_AT_CLOCK_EVERY_MS = 2_000;
/** an answer is good for so long: many windows may show the same list */
const FRESH_MS = 1_000;
const ANSWER_TIMEOUT_MS = 10_000;
/** a sample at every hour of a day, beside other work */
const DRY_RUN_TIMEOUT_MS = 60_000;
/** of objects alone; what is kept of entries is in arrays beside them */
const MEMORY = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 };

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
  cancel(): void;
}

/**
 * The near end of the thread of screening: hands what it finds to the writer, tells it whether the clock is trusted, and
 * answers what leads ask. Without the thread nobody is screened, and the door still decides at each call.
 */
export class Screening {
  readonly handlers: Handlers;
  readonly #parts: ScreeningParts;
  readonly #views = new Map<string, { view: ScreeningView; atMs: number }>();
  readonly #waiting = new Map<number, Waiting<ScreeningView>>();
  readonly #dryRuns = new Map<number, Waiting<DryRunCounts>>();
  #worker: Worker | null = null;
  #lastId = 0;
  #deaths = 0;
  #startedMs = 0;
  #isClosed = false;
  #isStarted = false;
  #isDoubted = false;
  #cancelRestart: (() => void) | null = null;
  #cancelLook: (() => void) | null = null;
  /** writes under way: the store is closed after them */
  readonly #writes = new Set<Promise<unknown>>();

  constructor(parts: ScreeningParts) {
    this.#parts = parts;
    this.handlers = {
      'campaign.screening': ({ campaignId }) => this.#view(campaignId),
      'campaign.screen': ({ campaignId }) => this.#ask(this.#require(campaignId), true),
    };
  }

  /** Starts the thread once there is a list to look at; what an earlier run has found stands in the store meanwhile. */
  startWhenNeeded(): void {
    if (this.#isStarted || this.#isClosed) return;
    const open = this.#parts.store.read.get(
      `SELECT 1 FROM campaign WHERE status IN ('running','paused','draft') AND deletedAt IS NULL LIMIT 1`,
    );
    if (open !== undefined) this.#start();
  }

  #start(): void {
    this.#isStarted = true;
    this.#startThread();
    this.#lookAtClock();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelRestart?.();
    this.#cancelLook?.();
    this.#refuseAll();
    const worker = this.#worker;
    if (worker) {
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      this.#post({ type: 'close' });
      await ended;
    }
    await Promise.allSettled(this.#writes);
  }

  async #view(campaignId: string): Promise<ScreeningView> {
    const known = this.#views.get(this.#require(campaignId));
    if (known && this.#parts.clock.monotonic() - known.atMs < FRESH_MS) return known.view;
    try {
      return await this.#ask(campaignId, false);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const empty = { entries: 0, screened: 0, screenedAt: null, allowedNow: 0, refused: [] };
      return { campaignId, ...empty, ...known?.view, state: 'unavailable' };
    }
  }

  /** @throws AppError `contract.not-found` */
  #require(campaignId: string): string {
    const sql = 'SELECT 1 FROM campaign WHERE id = ? AND deletedAt IS NULL';
    if (this.#parts.store.read.get(sql, campaignId) !== undefined) return campaignId;
    throw new AppError('contract.not-found', 'no such campaign');
  }

  /** @throws AppError `campaign.screening-unavailable` */
  #ask(campaignId: string, startOver: boolean): Promise<ScreeningView> {
    if (!this.#isStarted && !this.#isClosed) this.#start();
    if (!this.#worker) return Promise.reject(unavailable());
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const cancel = this.#parts.clock.setTimer(ANSWER_TIMEOUT_MS, () => this.#refuse(id));
      this.#waiting.set(id, { resolve, reject, cancel });
      this.#post({ type: 'view', id, campaignId, startOver });
    });
  }

  /**
   * How a list would be called, by a sample of it.
   * @throws AppError `campaign.screening-unavailable`
   */
  dryRun(question: DryRunQuestion): Promise<DryRunCounts> {
    if (!this.#isStarted && !this.#isClosed) this.#start();
    if (!this.#worker || this.#isDoubted) return Promise.reject(unavailable());
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const cancel = this.#parts.clock.setTimer(DRY_RUN_TIMEOUT_MS, () => this.#refuse(id));
      this.#dryRuns.set(id, { resolve, reject, cancel });
      this.#post({ type: 'dryRun', id, question });
    });
  }

  #startThread(): void {
    const { connection, storeKind, entry, clock } = this.#parts;
    this.#cancelRestart = null;
    this.#startedMs = clock.monotonic();
    const worker = new Worker(entry ?? screeningEntry(), {
      workerData: { ...connection, storeKind } satisfies ScreeningThreadData,
      name: 'screening',
      resourceLimits: MEMORY,
    });
    this.#worker = worker;
    let cause: unknown;
    worker.on('message', (message: FromScreening) => this.#take(message));
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => this.#ended(cause));
    if (this.#isDoubted) this.#post({ type: 'clock', isDoubted: true });
  }

  #take(message: FromScreening): void {
    switch (message.type) {
      case 'answer': {
        const waiting = settled(this.#waiting, message.id);
        this.#keep(message.view);
        return waiting?.resolve(message.view);
      }
      case 'dryRun': {
        const waiting = settled(this.#dryRuns, message.id);
        if (message.counts === null) return waiting?.reject(unavailable());
        return waiting?.resolve(message.counts);
      }
      case 'views':
        for (const view of message.views) {
          this.#keep(view);
          this.#parts.publisher.publish('campaign.screened', view, LEADS);
        }
        return;
      case 'write':
        return this.#write(message);
      case 'clockDoubted':
        // its own look at the newest row: ours says the same, or a person has confirmed it already
        this.#isDoubted = true;
        return;
    }
  }

  #keep(view: ScreeningView): void {
    this.#views.set(view.campaignId, { view, atMs: this.#parts.clock.monotonic() });
  }

  #write({ id, chunk, freed }: Extract<FromScreening, { type: 'write' }>): void {
    const { store, onFreed, log } = this.#parts;
    // what was found under a doubtful clock is found again under one that is trusted
    const isDoubted = this.#checkClock();
    const written = isDoubted
      ? Promise.reject(new AppError('campaign.screening-unavailable', 'the clock is doubted'))
      : store.write(screeningWrites, 'screening.apply', chunk, { priority: 'import' });
    const settled = written.then(
      () => {
        this.#post({ type: 'written', id, ok: true });
        if (!this.#isClosed) for (const campaignId of freed) onFreed(campaignId);
      },
      (error: unknown) => {
        if (!isDoubted) log('what screening found was not written', { error: String(error) });
        this.#post({ type: 'written', id, ok: false });
      },
    );
    this.#writes.add(settled);
    void settled.finally(() => this.#writes.delete(settled));
  }

  #lookAtClock(): void {
    this.#checkClock();
    this.#cancelLook = this.#parts.clock.setTimer(LOOK_AT_CLOCK_EVERY_MS, () =>
      this.#lookAtClock(),
    );
  }

  #checkClock(): boolean {
    const isDoubted = this.#parts.clockSuspect();
    if (isDoubted !== this.#isDoubted) {
      this.#isDoubted = isDoubted;
      this.#post({ type: 'clock', isDoubted });
    }
    return isDoubted;
  }

  #ended(cause: unknown): void {
    this.#worker = null;
    this.#refuseAll();
    if (this.#isClosed) return;
    const { clock, log } = this.#parts;
    log('the thread of screening has ended', { cause: String(cause) });
    if (clock.monotonic() - this.#startedMs > STEADY_AFTER_MS) this.#deaths = 0;
    const waitMs = RESTART_AFTER_MS[Math.min(this.#deaths, RESTART_AFTER_MS.length - 1)] ?? 0;
    this.#deaths += 1;
    this.#cancelRestart = clock.setTimer(waitMs, () => this.#startThread());
  }

  #refuse(id: number): void {
    settled(this.#waiting, id)?.reject(unavailable());
    settled(this.#dryRuns, id)?.reject(unavailable());
  }

  #refuseAll(): void {
    for (const id of [...this.#waiting.keys(), ...this.#dryRuns.keys()]) this.#refuse(id);
  }

  #post(message: ToScreening): void {
    this.#worker?.postMessage(message);
  }
}

function settled<Answer>(
  all: Map<number, Waiting<Answer>>,
  id: number,
): Waiting<Answer> | undefined {
  const waiting = all.get(id);
  all.delete(id);
  waiting?.cancel();
  return waiting;
}

function unavailable(): AppError {
  const code = 'campaign.screening-unavailable';
  return new AppError(code, 'the thread of screening does not answer', { retryable: true });
}
