import { Worker } from 'node:worker_threads';
import type { ImportPreview } from '#shared/contract/index.ts';
import { AppError, fromErrorData } from '#shared/errors/index.ts';
import type { FromParser, ParserTask, ToParser } from './parser-protocol.ts';

/** Runs from sources (type stripping) or from the bundle, where both entries lie side by side. */
export function importParserEntry(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../entries/import-parser.ts', import.meta.url)
    : new URL('./import-parser.mjs', import.meta.url);
}

/** Records live for milliseconds: a larger space for young objects would only be filled, a smaller one copies them. */
const PARSER_LIMITS = { maxYoungGenerationSizeMb: 24 } as const;

export type ParserBatch = Extract<FromParser, { type: 'batch' }>;
export type ParserDone = Extract<FromParser, { type: 'done' }>;

/** A thread that parses one file for an import. */
export interface RunningParser {
  /**
   * Resolves when the whole file was read and every batch was stored; rejects with the first failure of either. Once it
   * has settled nothing of this file is stored any more.
   */
  readonly done: Promise<ParserDone>;
  /** ends the thread at once: `done` rejects with `import.cancelled`, unless it had settled */
  stop(): Promise<void>;
}

/**
 * Starts a thread that reads a file.
 * @param onBatch stores a batch, and says how many records the next ones shall have, and which ones the store did not take;
 * the next batches wait while it is not done
 */
export function startParser(
  entry: URL,
  task: Extract<ParserTask, { kind: 'import' }>,
  onBatch: (batch: ParserBatch) => Promise<Omit<ToParser, 'type'>>,
): RunningParser {
  const worker = new Worker(entry, {
    workerData: task,
    name: 'import-parser',
    resourceLimits: PARSER_LIMITS,
  });
  const outcome = Promise.withResolvers<ParserDone>();
  let stored = Promise.resolve();
  let isEnding = false;

  const fail = async (error: unknown) => {
    if (isEnding) return;
    isEnding = true;
    await worker.terminate();
    // the batch that is being written is whole before anybody acts on the end
    await stored.catch(() => {});
    outcome.reject(error);
  };
  const store = async (batch: ParserBatch) => {
    if (isEnding) return;
    const answer = await onBatch(batch);
    worker.postMessage({ type: 'credit', ...answer } satisfies ToParser);
  };
  const finish = (done: ParserDone) =>
    stored.then(() => {
      if (isEnding) return;
      isEnding = true;
      outcome.resolve(done);
    });

  worker.on('message', (message: FromParser) => {
    if (message.type === 'batch') {
      stored = stored.then(() => store(message));
      stored.catch(fail);
    } else if (message.type === 'done') finish(message).catch(fail);
    else if (message.type === 'failed') {
      stored.then(() => fail(fromErrorData(message.error))).catch(fail);
    }
  });
  worker.on('error', (error) => void fail(threadLost(error)));
  // after `done` the thread ends while its last batches are still being stored
  worker.on('exit', () => void stored.then(() => fail(threadLost())).catch(() => {}));
  // Whoever runs the import may only come to wait for its end after it was cancelled: that is no error of the program.
  outcome.promise.catch(() => {});
  return {
    done: outcome.promise,
    stop: () => fail(new AppError('import.cancelled', 'the import was cancelled')),
  };
}

/** @throws AppError `import.empty-file`, `import.unreadable` */
export function requestPreview(
  entry: URL,
  task: Omit<Extract<ParserTask, { kind: 'preview' }>, 'kind'>,
): Promise<ImportPreview> {
  const workerData: ParserTask = { kind: 'preview', ...task };
  const worker = new Worker(entry, { workerData, name: 'import-preview' });
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromParser) => {
      if (message.type === 'preview') resolve(message.preview);
      else if (message.type === 'failed') reject(fromErrorData(message.error));
    });
    worker.on('error', (error) => reject(threadLost(error)));
    worker.on('exit', () => reject(threadLost()));
  });
}

function threadLost(cause?: unknown): AppError {
  return new AppError('import.parser-lost', 'the thread that reads the file has ended', { cause });
}
