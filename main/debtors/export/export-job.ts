import { rmSync } from 'node:fs';
import type { ExportProgress } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import { newFileKey } from '../documents/sealed-file.ts';
import { type RunningExport, startExport } from './export-client.ts';
import type { ExportThreadData } from './export-protocol.ts';

export type Progress = Unbranded<ExportProgress>;

/** How long a finished file waits for its download. */
export const RESULT_KEPT_MS = 15 * 60_000;

export interface ExportJobOptions {
  exportJobId: string;
  kind: Progress['kind'];
  fileName: string;
  personId: string;
  path: string;
  entry: URL;
  clock: Clock;
  connection: ExportThreadData['connection'];
  task: ExportThreadData['task'];
  /** after every change */
  onChange: () => void;
}

/** One export: a thread that writes it, then a file that can be opened for a while. Its key is in memory alone. */
export class ExportJob {
  readonly exportJobId: string;
  readonly personId: string;
  readonly path: string;
  readonly keyHex = newFileKey();
  readonly #options: ExportJobOptions;
  readonly #startedMs: number;
  readonly #running: RunningExport;
  /** resolves when the thread has ended, however it did */
  readonly ended: Promise<void>;
  #state: Progress['state'] = 'running';
  #rows = 0;
  #total: number | null = null;
  #bytes: number | null = null;
  #seconds: number | null = null;
  #expiresAt: number | null = null;
  #error: string | null = null;
  #cancelTimer: (() => void) | null = null;

  constructor(options: ExportJobOptions) {
    this.#options = options;
    this.exportJobId = options.exportJobId;
    this.personId = options.personId;
    this.path = options.path;
    this.#startedMs = options.clock.monotonic();
    const { entry, connection, task } = options;
    const result = { path: options.path, keyHex: this.keyHex };
    this.#running = startExport(entry, { connection, result, task }, (rows, total) => {
      this.#rows = rows;
      this.#total = total;
      options.onChange();
    });
    this.ended = this.#follow();
  }

  progress(): Progress {
    const { exportJobId, kind, fileName, clock } = this.#options;
    return {
      exportJobId,
      kind,
      fileName,
      state: this.#state,
      rows: this.#rows,
      totalRows: this.#total,
      bytes: this.#bytes,
      seconds: this.#seconds ?? (clock.monotonic() - this.#startedMs) / 1000,
      expiresAt: this.#expiresAt,
      error: this.#error,
    };
  }

  /** whom it is about; null for a list */
  get debtorId(): string | null {
    const { task } = this.#options;
    return task.kind === 'person' ? task.person.debtorId : null;
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  get canBeOpened(): boolean {
    return this.#expiresAt !== null;
  }

  async cancel(): Promise<void> {
    if (this.isRunning) await this.#running.stop();
    await this.ended;
  }

  /** It was downloaded, or nobody came for it. */
  remove(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (this.#expiresAt !== null) {
      this.#expiresAt = null;
      this.#options.onChange();
    }
    rmSync(this.path, { force: true });
  }

  async #follow(): Promise<void> {
    const { clock, onChange } = this.#options;
    try {
      const { rows, bytes } = await this.#running.done;
      this.#state = 'finished';
      this.#rows = rows;
      this.#total = rows;
      this.#bytes = bytes;
      this.#expiresAt = clock.now() + RESULT_KEPT_MS;
      this.#cancelTimer = clock.setTimer(RESULT_KEPT_MS, () => this.remove());
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'export.failed';
      this.#state = code === 'export.cancelled' ? 'cancelled' : 'failed';
      this.#error = this.#state === 'failed' ? code : null;
      rmSync(this.path, { force: true });
    }
    this.#seconds = (clock.monotonic() - this.#startedMs) / 1000;
    onChange();
  }
}
