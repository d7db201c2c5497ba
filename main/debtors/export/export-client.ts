import { Worker } from 'node:worker_threads';
import { AppError, fromErrorData } from '#shared/errors/index.ts';
import type { ExportThreadData, FromExportThread } from './export-protocol.ts';

/** Runs from sources (type stripping) or from the bundle, where both entries lie side by side. */
export function exportThreadEntry(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../entries/export-writer.ts', import.meta.url)
    : new URL('./export-writer.mjs', import.meta.url);
}

export interface RunningExport {
  /** rejects with the failure, or with `export.cancelled` after `stop` */
  readonly done: Promise<{ rows: number; bytes: number }>;
  /** the thread has ended when it resolves */
  stop(): Promise<void>;
}

export function startExport(
  entry: URL,
  data: ExportThreadData,
  onProgress: (rows: number, total: number | null) => void,
): RunningExport {
  const worker = new Worker(entry, { workerData: data, name: 'export-writer' });
  const outcome = Promise.withResolvers<{ rows: number; bytes: number }>();
  // heard by whoever awaits `done`
  outcome.promise.catch(() => {});
  worker.on('message', (message: FromExportThread) => {
    if (message.type === 'progress') onProgress(message.rows, message.total);
    else if (message.type === 'done') outcome.resolve(message);
    else outcome.reject(fromErrorData(message.error));
  });
  worker.on('error', (error) => outcome.reject(threadLost(error)));
  worker.on('exit', () => outcome.reject(threadLost()));
  return {
    done: outcome.promise,
    async stop() {
      outcome.reject(new AppError('export.cancelled', 'the export was cancelled'));
      await worker.terminate();
    },
  };
}

function threadLost(cause?: unknown): AppError {
  return new AppError('export.thread-lost', 'the thread that writes the file has ended', { cause });
}
