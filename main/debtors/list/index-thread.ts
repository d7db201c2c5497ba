import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { AppError, invariant, toErrorData } from '#shared/errors/index.ts';
import { createReadDb, openConnection, systemClock } from '../../store/index.ts';
import { DebtorIndex } from './debtor-index.ts';
import type { FromIndex, IndexThreadData, Question, ToIndex } from './index-protocol.ts';
import { choicesOf, countRowsOf, findHits, idsOf, queryRows } from './list-query.ts';
import { portfolioTotals } from './portfolio-totals.ts';
import { EntryRanks } from './strategy/entry-ranks.ts';
import { previewOrder } from './strategy/preview-order.ts';
import { needsStrategyColumns } from './strategy/property-levels.ts';
import type { PaySource } from './strategy/strategy-columns.ts';
import { weightedProperties } from './strategy/strategy-order.ts';

/** pages are read once in a row while building, and few of them for an answer */
const CACHE_KIB = 8 * 1024;
/** while nobody asks, the log of changes is looked at so often */
const IDLE_MS = 1_000;
/** while the log grows (an import), the thread leaves most of the machine to it: so many times a step's own time */
const REST_WHILE_GROWING = 4;
const GROWING_MS = 2_000;
const PROGRESS_EVERY_MS = 500;
/** somebody who asks while it is built waits; what waits longer is refused */
const LONGEST_WAIT_MS = 15_000;
/** can be answered from a part of the debtors */
const ANY_TIME = new Set<Question['name']>(['find', 'stats']);

interface Waiting {
  id: number;
  question: Question;
  untilMs: number;
}

/** The thread of lists and search. Call it once, in the entry file of the worker. */
export function runDebtorIndexThread(pay: PaySource): void {
  invariant(parentPort, 'runs in a worker thread only');
  new IndexThread(parentPort, workerData as IndexThreadData, pay).start();
}

/**
 * Questions first; between them, one step of work at a time. When most rows are of debtors who are gone, the thread ends:
 * its near end starts it again, and it is built without them.
 */
class IndexThread {
  readonly #port: MessagePort;
  readonly #index: DebtorIndex;
  readonly #ranks: EntryRanks;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | null = null;
  #toldMs = 0;
  #wasBuilt = false;
  #newestSeq = 0;
  #grewMs = Number.NEGATIVE_INFINITY;

  constructor(port: MessagePort, { file, keyHex }: IndexThreadData, pay: PaySource) {
    this.#port = port;
    const database = openConnection({ file, keyHex, role: 'reader' });
    database.pragma(`cache_size = -${CACHE_KIB}`);
    this.#index = new DebtorIndex({ read: createReadDb(database), clock: systemClock, pay });
    this.#ranks = new EntryRanks(this.#index);
    port.on('message', (message: ToIndex) => {
      if (message.type === 'ask') this.#ask(message.id, message.question);
      else {
        if (this.#timer) clearTimeout(this.#timer);
        port.close();
        database.close();
        process.exit(0);
      }
    });
  }

  start(): void {
    this.#step();
  }

  #step(): void {
    this.#timer = null;
    const startedMs = systemClock.monotonic();
    const isBusy = this.#index.work();
    this.#tellProgress();
    this.#answerWaiting();
    const next = () => this.#step();
    if (!isBusy && this.#index.isWasteful && !this.#isGrowing()) process.exit(0);
    if (!isBusy) this.#timer = setTimeout(next, IDLE_MS);
    else if (!this.#isGrowing()) setImmediate(next);
    else {
      const tookMs = systemClock.monotonic() - startedMs;
      this.#timer = setTimeout(next, REST_WHILE_GROWING * tookMs);
    }
  }

  /** Whether much is being written: then what was written is taken in with patience. */
  #isGrowing(): boolean {
    const nowMs = systemClock.monotonic();
    const { newestSeq } = this.#index;
    if (newestSeq !== this.#newestSeq) {
      this.#newestSeq = newestSeq;
      this.#grewMs = nowMs;
    }
    return this.#index.progress().isBuilt && nowMs - this.#grewMs < GROWING_MS;
  }

  #ask(id: number, question: Question): void {
    if (this.#canAnswer(question)) this.#answer(id, question);
    else {
      this.#waiting.push({ id, question, untilMs: systemClock.monotonic() + LONGEST_WAIT_MS });
      this.#wake();
    }
  }

  /** It may be resting; then it works at once. */
  #wake(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#step(), 0);
  }

  #canAnswer(question: Question): boolean {
    if (ANY_TIME.has(question.name)) return true;
    if (!this.#index.progress().isBuilt) return false;
    if (!asksOfStrategy(question)) return true;
    const { strategyColumns } = this.#index;
    const properties = weightedProperties(question.input.weights);
    if (!needsStrategyColumns(properties)) return true;
    strategyColumns.want(properties.includes('payScore'));
    return strategyColumns.isComplete;
  }

  #answerWaiting(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    const { done, total } = this.#index.progress();
    const nowMs = systemClock.monotonic();
    for (const each of waiting) {
      if (this.#canAnswer(each.question)) this.#answer(each.id, each.question);
      else if (nowMs < each.untilMs) this.#waiting.push(each);
      else {
        const error = new AppError('list.not-ready', 'the lists are still being built', {
          details: { done, total },
          retryable: true,
        });
        this.#post({ type: 'answer', id: each.id, ok: false, error: toErrorData(error) });
      }
    }
  }

  #answer(id: number, question: Question): void {
    try {
      const value = answerTo(this.#index, this.#ranks, question);
      const transfer = value instanceof Object && 'ids' in value ? [value.ids.buffer] : [];
      this.#port.postMessage(
        { type: 'answer', id, ok: true, value } satisfies FromIndex,
        transfer as ArrayBuffer[],
      );
    } catch (error) {
      this.#post({ type: 'answer', id, ok: false, error: errorData(error) });
    }
  }

  #tellProgress(): void {
    const progress = this.#index.progress();
    const nowMs = systemClock.monotonic();
    const isNew = progress.isBuilt !== this.#wasBuilt;
    if (!isNew && (progress.isBuilt || nowMs - this.#toldMs < PROGRESS_EVERY_MS)) return;
    this.#wasBuilt = progress.isBuilt;
    if (progress.isBuilt) warmUp(this.#index);
    this.#toldMs = nowMs;
    this.#post({ type: 'progress', progress });
  }

  #post(message: FromIndex): void {
    this.#port.postMessage(message);
  }
}

/** Statements are prepared and code is compiled before somebody asks. */
function warmUp(index: DebtorIndex): void {
  const sort = { by: 'name', descending: false } as const;
  for (const query of ['ab cd', '123 456', 'a@b.example']) {
    findHits(index, { query, limit: 20, recentDebtorIds: [] });
  }
  queryRows(index, { filter: {}, sort, offset: 0, limit: 50 });
}

type OfStrategy = Extract<Question, { name: 'previewOrder' | 'rankPage' | 'rankChanges' }>;

function asksOfStrategy(question: Question): question is OfStrategy {
  const { name } = question;
  return name === 'previewOrder' || name === 'rankPage' || name === 'rankChanges';
}

function answerTo(index: DebtorIndex, ranks: EntryRanks, question: Question) {
  const startedMs = systemClock.monotonic();
  const tookMs = () => systemClock.monotonic() - startedMs;
  switch (question.name) {
    case 'find': {
      const found = findHits(index, question.input);
      return { ...found, tookMs: tookMs() };
    }
    case 'rows': {
      const rows = queryRows(index, question.input);
      return { ...rows, tookMs: tookMs() };
    }
    case 'count':
      return countRowsOf(index, question.input.filter);
    case 'choices':
      return choicesOf(index);
    case 'portfolios':
      return portfolioTotals(index);
    case 'ids':
      return idsOf(index, question.input.filter, question.input.sort);
    case 'previewOrder':
      return previewOrder(index, question.input);
    case 'rankPage':
      return ranks.page(question.input);
    case 'rankChanges':
      return ranks.changes(question.input);
    case 'stats':
      return { progress: index.progress(), upToDate: index.isUpToDate, bytes: index.bytes };
  }
}

function errorData(error: unknown) {
  if (error instanceof AppError) return toErrorData(error);
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: 'internal', message, details: { stack: stack ?? '' }, retryable: false };
}
