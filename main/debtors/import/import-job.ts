import { stat } from 'node:fs/promises';
import type {
  ImportKind,
  ImportMapping,
  ImportMergeKey,
  PriorContact,
} from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Store } from '../../store/index.ts';
import { nextBatchSize } from './batch-size.ts';
import { IMPORT_BATCH_SIZE } from './import-bytes.ts';
import { importWrites } from './import-writes.ts';
import { type ParserBatch, type RunningParser, startParser } from './parser-client.ts';
import type { FileNotice, RefusedRecord, ToParser } from './parser-protocol.ts';
import { ProgressRate } from './progress-rate.ts';
import type { RejectsFileOptions } from './rejects-file.ts';
import { runUndo } from './run-undo.ts';
import { undoSteps } from './undo-import.ts';

/** Batches under way at once: one is written while the next ones are parsed and passed on. */
const CREDIT = 8;

/** How far an import is; the contract's `ImportProgress` before ids are branded. */
export interface JobProgress {
  importJobId: string;
  kind: ImportKind;
  dryRun: boolean;
  portfolioId: string | null;
  state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing';
  rows: number;
  totalRows: number | null;
  imported: number;
  updated: number;
  unchanged: number;
  rejected: number;
  seconds: number;
  rowsPerSecond: number;
  secondsLeft: number | null;
  queued?: number;
  ignored?: number;
  notices?: FileNotice[];
  undoable: boolean;
  undoneAt: number | null;
  hasRejects: boolean;
  error: string | null;
}

export interface ImportJobParts {
  store: Store;
  storeKind: StoreKind;
  clock: Clock;
  parserEntry: URL;
}

/** What came of one batch. */
export interface BatchDone {
  imported: number;
  updated: number;
  unchanged: number;
  /** of bank statements */
  queued?: number;
  ignored?: number;
  /** records that the store did not take: they go to the rejects file */
  refused?: RefusedRecord[];
  /** how long the writer worked at it: the next batch is made to fit */
  tookMs?: number;
}

export interface ImportRequest {
  path: string;
  mapping: ImportMapping;
  creditorName: string;
  rejects: Pick<RejectsFileOptions, 'path' | 'keyHex'>;
  /** as `import.start` or `import.startDryRun` answered */
  started: { importJobId: string; portfolioId: string | null };
  /** absent: portfolio */
  kind?: ImportKind;
  mergeBy?: ImportMergeKey;
  /** of a history: what is known of the portfolio afterwards */
  priorContact?: PriorContact | undefined;
  /** true: nothing is stored */
  dryRun?: boolean;
  /** stores a batch of another kind; absent: as records of a portfolio */
  write?: (batch: ParserBatch) => Promise<BatchDone>;
}

/** One import from its first byte to its last row. */
export class ImportJob {
  readonly importJobId: string;
  readonly #parts: ImportJobParts;
  readonly #request: ImportRequest;
  readonly #onProgress: () => void;
  readonly #startedMs: number;
  readonly #progress: JobProgress;
  readonly #rate = new ProgressRate();
  #parser: RunningParser | null = null;
  #batchSize = IMPORT_BATCH_SIZE;
  #fileBytes = 0;
  #isInterrupted = false;
  #ended: Promise<JobProgress> | null = null;

  constructor(parts: ImportJobParts, request: ImportRequest, onProgress: () => void = () => {}) {
    this.#parts = parts;
    this.#request = request;
    this.#onProgress = onProgress;
    this.#startedMs = parts.clock.monotonic();
    this.importJobId = request.started.importJobId;
    this.#progress = {
      importJobId: request.started.importJobId,
      kind: request.kind ?? 'portfolio',
      dryRun: request.dryRun ?? false,
      portfolioId: request.started.portfolioId,
      state: 'running',
      rows: 0,
      totalRows: null,
      imported: 0,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      seconds: 0,
      rowsPerSecond: 0,
      secondsLeft: null,
      undoable: false,
      undoneAt: null,
      hasRejects: false,
      error: null,
    };
  }

  progress(): JobProgress {
    const { state, rows, totalRows } = this.#progress;
    if (state !== 'running') return { ...this.#progress };
    return {
      ...this.#progress,
      seconds: this.#seconds(),
      rowsPerSecond: this.#rate.rowsPerSecond(),
      secondsLeft: this.#rate.secondsLeft(rows, totalRows),
    };
  }

  /** Resolves when the job has ended, in whichever way; never rejects for what is wrong with the file. */
  run(): Promise<JobProgress> {
    this.#ended ??= this.#run();
    return this.#ended;
  }

  /** Stops it and takes back what it stored: nothing half-done is left, and the file can be imported again. */
  async cancel(): Promise<JobProgress> {
    await this.#parser?.stop();
    return this.run();
  }

  /** The program ends: what was stored is taken back by the next run, as after a crash. */
  async interrupt(): Promise<void> {
    this.#isInterrupted = true;
    await this.#parser?.stop();
    await this.run();
  }

  async #run(): Promise<JobProgress> {
    const { storeKind, clock, parserEntry } = this.#parts;
    const { path, mapping, creditorName, rejects, mergeBy = 'auto' } = this.#request;
    try {
      this.#parser = startParser(
        parserEntry,
        {
          kind: 'import',
          records: this.#progress.kind,
          path,
          mapping,
          mergeBy,
          storeKind,
          creditorName,
          thisYear: new Date(clock.now()).getUTCFullYear(),
          batchSize: IMPORT_BATCH_SIZE,
          credit: CREDIT,
          rejects: { ...rejects, delimiter: mapping.delimiter },
        },
        (batch) => this.#store(batch),
      );
      // after the start, so that a cancel finds a parser to stop
      this.#fileBytes = (await stat(path).catch(() => ({ size: 0 }))).size;
      const done = await this.#parser.done;
      this.#progress.hasRejects = done.hasRejects;
      this.#progress.totalRows = done.rows;
      this.#progress.rejected = done.rejected;
      if (done.notices !== undefined && done.notices.length > 0) {
        this.#progress.notices = done.notices;
      }
      return await this.#end('finished', null);
    } catch (error) {
      return this.#fail(error);
    }
  }

  /** @returns how many records the next batches shall have, and which ones of this were not taken */
  async #store(batch: ParserBatch): Promise<Omit<ToParser, 'type'>> {
    const { rows, rejected } = batch;
    const progress = this.#progress;
    const done = await (this.#request.write?.(batch) ?? this.#writeRecords(batch));
    progress.imported += done.imported;
    progress.updated += done.updated;
    progress.unchanged += done.unchanged;
    if (done.queued !== undefined) progress.queued = (progress.queued ?? 0) + done.queued;
    if (done.ignored !== undefined) progress.ignored = (progress.ignored ?? 0) + done.ignored;
    progress.rows = rows;
    progress.rejected = rejected;
    this.#rate.add(this.#parts.clock.monotonic(), rows);
    if (batch.bytesRead > 0) {
      const share = Math.min(1, batch.bytesRead / Math.max(1, this.#fileBytes));
      progress.totalRows = Math.max(rows, Math.round(rows / share));
    }
    this.#onProgress();
    if (done.tookMs !== undefined && batch.records > 0) {
      this.#batchSize = nextBatchSize(batch.records, done.tookMs);
    }
    const { refused = [] } = done as BatchDone;
    return refused.length === 0
      ? { batchSize: this.#batchSize }
      : { batchSize: this.#batchSize, refused };
  }

  #writeRecords({ recordsJson, rows, rejected }: ParserBatch): Promise<BatchDone> {
    const { importJobId, portfolioId } = this.#request.started;
    const synthetic = this.#parts.storeKind === 'practice';
    const job = { importJobId, portfolioId: portfolioId ?? '', synthetic };
    const options = { priority: 'import' } as const;
    const { store } = this.#parts;
    if (this.#progress.dryRun) {
      return store.write(importWrites, 'import.tryChunk', { ...job, recordsJson }, options);
    }
    const chunk = { ...job, recordsJson, rows, rejected };
    return store.write(importWrites, 'import.chunk', chunk, options);
  }

  async #fail(error: unknown): Promise<JobProgress> {
    const code = error instanceof AppError ? error.code : 'internal';
    const isCancelled = code === 'import.cancelled' && !this.#isInterrupted;
    const state = isCancelled ? 'cancelled' : 'failed';
    const said = this.#isInterrupted ? 'import.interrupted' : isCancelled ? null : code;
    return this.#end(state, said);
  }

  async #end(state: 'finished' | 'cancelled' | 'failed', error: string | null) {
    if (this.#progress.dryRun) await this.#forgetDryRun();
    else await this.#writeEnd(state, error);
    const canUndo = undoSteps[this.#progress.kind] !== undefined;
    this.#progress.undoable = state === 'finished' && canUndo && !this.#progress.dryRun;
    this.#progress.seconds = this.#seconds();
    this.#progress.rowsPerSecond = averageRate(this.#progress);
    this.#progress.secondsLeft = null;
    this.#progress.state = state;
    this.#progress.error = error;
    this.#onProgress();
    return this.progress();
  }

  async #writeEnd(state: 'finished' | 'cancelled' | 'failed', error: string | null): Promise<void> {
    const { importJobId } = this;
    const { store } = this.#parts;
    if (state === 'finished' || undoSteps[this.#progress.kind] === undefined) {
      const { priorContact } = this.#request;
      await store.write(importWrites, 'import.end', { importJobId, state, error, priorContact });
      return;
    }
    const undo = { importJobId, personId: null, endState: state, error };
    await store.write(importWrites, 'import.beginUndo', undo);
    if (this.#isInterrupted) return;
    await runUndo(store, importJobId, () => this.#isInterrupted);
    const row = store.read.get<{ deletedAt: number | null }>(
      'SELECT deletedAt FROM portfolio WHERE id = ?',
      this.#progress.portfolioId,
    );
    if (row?.deletedAt != null) this.#progress.portfolioId = null;
  }

  async #forgetDryRun(): Promise<void> {
    const { importJobId } = this;
    await this.#parts.store.write(importWrites, 'import.endDryRun', { importJobId });
  }

  #seconds(): number {
    return Math.round(this.#parts.clock.monotonic() - this.#startedMs) / 1000;
  }
}

/** Rows a second over a whole job. */
export function averageRate({ rows, seconds }: { rows: number; seconds: number }): number {
  return seconds > 0 ? Math.round(rows / seconds) : 0;
}
