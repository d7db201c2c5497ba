import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { Emitter } from '#shared/util/index.ts';
import type { Store } from '../../store/types.ts';
import { type Asked, askProvider, type FetchLike } from './ask-provider.ts';
import { findGateway, type GatewayRecord } from './gateway-rows.ts';
import {
  findJob,
  inputOf,
  type JobView,
  type OpenItem,
  openItems,
  runningJobs,
} from './job-rows.ts';
import { lookupWrites } from './lookup-writes.ts';
import { affordable, priceOf } from './price.ts';
import { providers } from './providers/index.ts';

export interface LookupJobsParts {
  store: Store;
  clock: Clock;
  fetch: FetchLike;
  log(message: string, details?: Record<string, unknown>): void;
}

interface Running {
  jobId: string;
  gatewayId: string;
  /** no further question */
  stop: AbortController;
  /** not even the answer that is on its way is waited for */
  cut: AbortController;
  /** refusals of the provider in a row */
  failures: number;
  work: Promise<void>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const MOST_FAILURES = 7;
const ANNOUNCE_MS = 500;

/**
 * Works through look-ups: so many a second as the gateway takes, never beyond the budget, again after an error that passes.
 * Each question is on record before it leaves and each answer when it comes, so that a run that dies goes on where it was.
 */
export class LookupJobs {
  readonly #parts: LookupJobsParts;
  readonly #running = new Map<string, Running>();
  readonly #changes = new Emitter<JobView>();
  readonly #announcing = new Map<string, () => void>();

  constructor(parts: LookupJobsParts) {
    this.#parts = parts;
  }

  onChange(listener: (job: JobView) => void): () => void {
    return this.#changes.on(listener);
  }

  /** Goes on with jobs of an earlier run. One whose numbers were not all on record has asked nothing: it is to be started again. */
  async resume(): Promise<void> {
    const { read } = this.#parts.store;
    for (const { lookupJobId } of runningJobs(read))
      if (inputOf(read, lookupJobId).filled) this.run(lookupJobId);
      else await this.#end(lookupJobId, 'failed', 'interrupted');
  }

  isBusy(gatewayId: string): boolean {
    return [...this.#running.values()].some((running) => running.gatewayId === gatewayId);
  }

  run(jobId: string): void {
    const job = this.#require(jobId);
    const running: Running = {
      jobId,
      gatewayId: job.lookupGatewayId,
      stop: new AbortController(),
      cut: new AbortController(),
      failures: 0,
      work: Promise.resolve(),
    };
    this.#running.set(jobId, running);
    running.work = this.#work(running)
      .catch((error: unknown) => {
        // What is on record stays; the next start goes on with it.
        this.#parts.log('look-up', { jobId, error: String(error) });
      })
      .finally(() => this.#running.delete(jobId));
  }

  /** Resolves when the last answer that was on its way is on record. */
  async stop(jobId: string): Promise<void> {
    const running = this.#running.get(jobId);
    running?.stop.abort();
    await running?.work;
    if (this.#require(jobId).state === 'running') await this.#end(jobId, 'stopped', null);
  }

  /** The engine stops: what is not done is done after the next start. */
  async close(): Promise<void> {
    const all = [...this.#running.values()];
    for (const { stop, cut } of all) {
      stop.abort();
      cut.abort();
    }
    await Promise.all(all.map(({ work }) => work));
    for (const cancel of this.#announcing.values()) cancel();
  }

  /** Resolves when nothing runs any more; for tests and the doctor. */
  async settled(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ work }) => work));
  }

  async #work(running: Running): Promise<void> {
    const { jobId, stop } = running;
    while (!stop.signal.aborted) {
      const gateway = findGateway(this.#parts.store.read, running.gatewayId);
      if (gateway === null || !gateway.enabled) return this.#end(jobId, 'failed', 'gateway-off');
      const open = openItems(this.#parts.store.read, jobId, providers[gateway.kind].batch);
      if (open.length === 0) return this.#end(jobId, 'finished', null);
      const price = priceOf(this.#parts.store.read, gateway);
      const items = open.slice(0, affordable(this.#require(jobId), price));
      if (items.length === 0) return this.#end(jobId, 'budgetSpent', null);
      const error = await this.#ask(running, gateway, items, price.eachMicro);
      if (error !== null) return this.#end(jobId, 'failed', error);
    }
  }

  /** One question and what follows. @returns why the job cannot go on, or null */
  async #ask(
    running: Running,
    gateway: GatewayRecord,
    items: OpenItem[],
    priceMicro: number,
  ): Promise<string | null> {
    const { store, clock, fetch } = this.#parts;
    const taken = {
      jobId: running.jobId,
      itemIds: items.map(({ id }) => id),
      costMicro: items.length * priceMicro,
    };
    await store.write(lookupWrites, 'lookup.take', taken, { priority: 'import' });
    const startedMs = clock.monotonic();
    const asked = await askProvider(
      providers[gateway.kind],
      items.map(({ number }) => number),
      { baseUrl: gateway.baseUrl, user: gateway.user, secret: gateway.secret ?? '' },
      { fetch, now: clock.now(), signal: running.cut.signal },
    );
    if (asked.kind === 'answers' || asked.kind === 'refused') {
      running.failures = 0;
      await this.#record(running.jobId, { ...gateway, priceMicro }, items, asked);
      const tookMs = clock.monotonic() - startedMs;
      await this.#wait(running, (items.length / gateway.maxPerSecond) * 1000 - tookMs);
      return null;
    }
    // Else its price stays counted, and counts again when it is asked again: the budget is never overdrawn unknowingly.
    if (asked.kind === 'failed' || !asked.charged)
      await store.write(lookupWrites, 'lookup.give-back', taken, { priority: 'import' });
    return asked.kind === 'failed' ? asked.error : this.#backOff(running, asked);
  }

  async #record(
    jobId: string,
    { kind, currency, priceMicro }: GatewayRecord,
    items: OpenItem[],
    asked: Extract<Asked, { kind: 'answers' | 'refused' }>,
  ): Promise<void> {
    const answers = new Map(
      asked.kind === 'answers' ? asked.answers.map((answer) => [answer.number, answer]) : [],
    );
    // What a provider refuses as a bad request it does not charge.
    const each = asked.kind === 'refused' ? 0 : priceMicro;
    await this.#parts.store.write(
      lookupWrites,
      'lookup.record',
      {
        jobId,
        provider: kind,
        currency,
        items: items.map(({ id, number }) => ({ id, answer: answers.get(number) ?? null })),
        reservedMicro: items.length * priceMicro,
        priceMicro: each,
      },
      { priority: 'import' },
    );
    this.#announce(jobId);
  }

  async #backOff(
    running: Running,
    { error, afterMs }: Extract<Asked, { kind: 'retry' }>,
  ): Promise<string | null> {
    if (running.stop.signal.aborted) return null;
    running.failures += 1;
    if (running.failures >= MOST_FAILURES) return error;
    const usualMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (running.failures - 1));
    await this.#wait(running, Math.max(usualMs, afterMs ?? 0));
    return null;
  }

  #wait({ stop }: Running, delayMs: number): Promise<void> {
    if (delayMs <= 0 || stop.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        cancel();
        stop.signal.removeEventListener('abort', done);
        resolve();
      };
      const cancel = this.#parts.clock.setTimer(delayMs, done);
      stop.signal.addEventListener('abort', done);
    });
  }

  async #end(jobId: string, state: JobView['state'], error: string | null): Promise<void> {
    const { store } = this.#parts;
    await store.write(lookupWrites, 'lookup.end-job', { jobId, state, error });
    this.#announcing.get(jobId)?.();
    this.#announcing.delete(jobId);
    this.#changes.emit(this.#require(jobId));
  }

  /** At most twice a second for each job. */
  #announce(jobId: string): void {
    if (this.#announcing.has(jobId)) return;
    const cancel = this.#parts.clock.setTimer(ANNOUNCE_MS, () => {
      this.#announcing.delete(jobId);
      this.#changes.emit(this.#require(jobId));
    });
    this.#announcing.set(jobId, cancel);
  }

  #require(jobId: string): JobView {
    const job = findJob(this.#parts.store.read, jobId);
    if (job === null) throw new AppError('contract.not-found', 'no such look-up');
    return job;
  }
}
