import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { AppError, type ErrorData, invariant, toErrorData } from '#shared/errors/index.ts';
import { assertText } from './assert-text.ts';
import { importKind } from './kinds/kind-thread.ts';
import { previewKind } from './kinds/preview-kind.ts';
import { packRecord } from './packed-record.ts';
import { parseImport } from './parse-import.ts';
import type { FromParser, ParserTask, ToParser } from './parser-protocol.ts';
import { previewFile } from './preview-file.ts';
import { RejectsFile } from './rejects-file.ts';
import { mappingForFormat, openImportSource } from './xlsx/index.ts';

type ImportTask = Extract<ParserTask, { kind: 'import' }>;

/** The thread that reads one file; it does its task and ends. Call it once, in the entry file of the worker. */
export function runImportParser(): void {
  invariant(parentPort, 'runs in a worker thread only');
  const port = parentPort;
  const task = workerData as ParserTask;
  const work = task.kind === 'preview' ? preview(task, port) : importFile(task, port);
  work
    .catch((error: unknown) => post(port, { type: 'failed', error: errorData(error) }))
    .finally(() => port.close());
}

function post(port: MessagePort, message: FromParser): void {
  port.postMessage(message);
}

async function preview(
  task: Extract<ParserTask, { kind: 'preview' }>,
  port: MessagePort,
): Promise<void> {
  const { records = 'portfolio' } = task;
  const preview =
    records === 'portfolio'
      ? await previewFile(task)
      : await previewKind({ ...task, kind: records });
  post(port, { type: 'preview', preview });
}

async function importFile(task: ImportTask, port: MessagePort): Promise<void> {
  const { records } = task;
  if (records !== 'portfolio') return importKind({ ...task, records }, port);
  const rejects = new RejectsFile(task.rejects);
  const credits = new Credits(task, port);
  const source = await openImportSource(task.path, task.mapping);
  const mapping = mappingForFormat(task.mapping, source.format);
  try {
    const counts = await parseImport(
      checked(source),
      { ...task, mapping, batchSize: () => credits.batchSize },
      {
        onReject: (raw, problems, headers) => rejects.add(raw, problems, headers),
        async onBatch({ records, rows, rejected }) {
          await credits.take();
          post(port, {
            type: 'batch',
            recordsJson: JSON.stringify(records.map(packRecord)),
            records: records.length,
            rows,
            rejected,
            bytesRead: source.bytesRead,
          });
        },
      },
    );
    post(port, { type: 'done', ...counts, hasRejects: rejects.close() });
  } finally {
    rejects.close();
  }
}

async function* checked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const bytes of source) {
    if (isFirst) assertText(bytes);
    isFirst = false;
    yield bytes;
  }
}

/** How many batches may be sent before the store has taken one. */
class Credits {
  batchSize: number;
  #left: number;
  #wake: (() => void) | null = null;

  constructor({ credit, batchSize }: ImportTask, port: MessagePort) {
    this.#left = credit;
    this.batchSize = batchSize;
    port.on('message', (message: ToParser) => {
      if (message.type !== 'credit') return;
      this.#left += 1;
      this.batchSize = message.batchSize;
      this.#wake?.();
    });
  }

  async take(): Promise<void> {
    while (this.#left === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#left -= 1;
  }
}

function errorData(error: unknown): ErrorData {
  if (error instanceof AppError) return toErrorData(error);
  const message = error instanceof Error ? error.message : String(error);
  return toErrorData(new AppError('import.unreadable', `the file cannot be read: ${message}`));
}
