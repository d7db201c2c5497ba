import { stat } from 'node:fs/promises';
import type { ImportKind, ImportMapping } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Store } from '../../store/index.ts';
import { debtorsWrites } from '../debtors-writes.ts';
import { IMPORT_BATCH_SIZE } from './import-bytes.ts';
import { importWrites } from './import-writes.ts';
import { type ParserBatch, type RunningParser, startParser } from './parser-client.ts';
import type { RejectsFileOptions } from './rejects-file.ts';

/** Batches under way at once: one is written while the next is parsed. */
const CREDIT = 3;

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

export interface ImportRequest {
  path: string;
  mapping: ImportMapping;
  creditorName: string;
  rejects: Pick<RejectsFileOptions, 'path' | 'keyHex'>;
  /** as `import.start` answered */
  started: { importJobId: string; portfolioId: string; createdPortfolio: boolean };
}

/** One import from its first byte to its last row. */
export class ImportJob {
  readonly importJobId: string;
  readonly #parts: ImportJobParts;
  readonly #request: ImportRequest;
  readonly #onProgress: () => void;
  readonly #startedMs: number;
  readonly #progress: JobProgress;
  #parser: RunningParser | null = null;
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
      kind: 'portfolio',
      dryRun: false,
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
    const { state } = this.#progress;
    if (state !== 'running') return { ...this.#progress };
    return { ...this.#progress, seconds: this.#seconds() };
  }

  /** Resolves when the job has ended, in whichever way; never rejects for what is wrong with the file. */
  run(): Promise<JobProgress> {
    this.#ended ??= this.#run();
    return this.#ended;
  }

  /**
   * Stops it. A portfolio that this job made is taken away again; what it added to one that was there stays, each record
   * whole, and the same file can be imported again.
   */
  async cancel(): Promise<JobProgress> {
    await this.#parser?.stop();
    return this.run();
  }

  /** The program ends: what was stored stays, and the job says that it did not finish, as after a crash. */
  async interrupt(): Promise<void> {
    this.#isInterrupted = true;
    await this.#parser?.stop();
    await this.run();
  }

  async #run(): Promise<JobProgress> {
    const { storeKind, clock, parserEntry } = this.#parts;
    const { path, mapping, creditorName, rejects } = this.#request;
    try {
      this.#parser = startParser(
        parserEntry,
        {
          kind: 'import',
          path,
          mapping,
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
      return await this.#end('finished', null);
    } catch (error) {
      return this.#fail(error);
    }
  }

  async #store(batch: ParserBatch): Promise<void> {
    const { importJobId, portfolioId } = this.#request.started;
    const { recordsJson, rows, rejected } = batch;
    const synthetic = this.#parts.storeKind === 'practice';
    const input = { importJobId, portfolioId, synthetic, recordsJson, rows, rejected };
    const counts = await this.#parts.store.write(importWrites, 'import.chunk', input, {
      priority: 'import',
    });
    this.#progress.imported += counts.imported;
    this.#progress.updated += counts.updated;
    this.#progress.rows = rows;
    this.#progress.rejected = rejected;
    if (batch.bytesRead > 0) {
      const share = Math.min(1, batch.bytesRead / Math.max(1, this.#fileBytes));
      this.#progress.totalRows = Math.max(rows, Math.round(rows / share));
    }
    this.#onProgress();
  }

  async #fail(error: unknown): Promise<JobProgress> {
    if (this.#isInterrupted) return this.#end('failed', 'import.interrupted');
    const code = error instanceof AppError ? error.code : 'internal';
    const state = code === 'import.cancelled' ? 'cancelled' : 'failed';
    if (state === 'cancelled' || this.#progress.imported + this.#progress.updated === 0) {
      await this.#removePortfolio();
    }
    return this.#end(state, state === 'cancelled' ? null : code);
  }

  /** Off the lists at once; its debtors follow in chunks, also after a restart. */
  async #removePortfolio(): Promise<void> {
    const { portfolioId, createdPortfolio } = this.#request.started;
    if (!createdPortfolio) return;
    try {
      await this.#parts.store.write(debtorsWrites, 'debtor.removePortfolio', { portfolioId });
    } catch (error) {
      // a campaign was made from it meanwhile: then it stays, as any other portfolio would
      if (error instanceof AppError && error.code === 'debtor.portfolio-in-use') return;
      throw error;
    }
    this.#progress.portfolioId = null;
    let more = true;
    while (more) {
      const write = this.#parts.store.write(
        debtorsWrites,
        'debtor.removePortfolioChunk',
        { portfolioId },
        { priority: 'import' },
      );
      ({ more } = await write);
    }
  }

  async #end(state: 'finished' | 'cancelled' | 'failed', error: string | null) {
    const { importJobId } = this;
    await this.#parts.store.write(importWrites, 'import.end', { importJobId, state, error });
    this.#progress.seconds = this.#seconds();
    this.#progress.state = state;
    this.#progress.error = error;
    this.#onProgress();
    return this.progress();
  }

  #seconds(): number {
    return Math.round(this.#parts.clock.monotonic() - this.#startedMs) / 1000;
  }
}
