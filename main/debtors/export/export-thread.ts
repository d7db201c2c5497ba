import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { AppError, invariant, toErrorData } from '#shared/errors/index.ts';
import { createReadDb, openConnection } from '../../store/index.ts';
import { SealedFileWriter } from '../documents/sealed-file.ts';
import type { ExportThreadData, FromExportThread } from './export-protocol.ts';
import { writePerson } from './person/write-person.ts';
import { writeList } from './write-list.ts';
import type { ByteSink } from './zip-writer.ts';

const PROGRESS_MS = 200;

/** The thread that writes one export and ends; calls and commands go on beside it. Call it once, in the entry file. */
export function runExportThread(): void {
  invariant(parentPort, 'runs in a worker thread only');
  const port = parentPort;
  writeExport(workerData as ExportThreadData, port)
    .catch((error: unknown) => post(port, { type: 'failed', error: toErrorData(expected(error)) }))
    .finally(() => port.close());
}

function post(port: MessagePort, message: FromExportThread): void {
  port.postMessage(message);
}

async function writeExport(data: ExportThreadData, port: MessagePort): Promise<void> {
  const database = openConnection({ ...data.connection, role: 'reader' });
  const writer = await SealedFileWriter.create(data.result.path, data.result.keyHex);
  try {
    const read = createReadDb(database);
    const sink: ByteSink = (bytes) => writer.write(bytes);
    const onRows = seldom((rows, total) => post(port, { type: 'progress', rows, total }));
    const { task } = data;
    const rows =
      task.kind === 'list'
        ? await writeList(read, task.list, sink, onRows)
        : await writePerson(read, task.person, sink, onRows);
    const bytes = await writer.finish();
    post(port, { type: 'done', rows, bytes });
  } catch (error) {
    await writer.abandon();
    throw error;
  } finally {
    database.close();
  }
}

function seldom(
  tell: (rows: number, total: number | null) => void,
): (rows: number, total: number | null) => void {
  let nextMs = 0;
  return (rows, total) => {
    const nowMs = performance.now();
    if (nowMs < nextMs) return;
    nextMs = nowMs + PROGRESS_MS;
    tell(rows, total);
  };
}

function expected(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof RangeError) {
    return new AppError('export.too-large', 'the file would be larger than a ZIP can be', {
      cause: error,
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('export.failed', `the export failed: ${message}`, { cause: error });
}
