import { Worker } from 'node:worker_threads';
import { AppError, fromErrorData } from '#shared/errors/index.ts';
import { createPendingWrites, type WriterClient } from './writer-client.ts';
import type { FromWriter, ToWriter, WriterThreadData } from './writer-messages.ts';

/** What a write needs lives for milliseconds: a small space for young objects keeps the thread small. */
const WRITER_LIMITS = { maxYoungGenerationSizeMb: 8 } as const;

/** Runs from sources (type stripping) or from the bundle, where both entries lie side by side. */
export function writerEntryUrl(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../entries/store-writer.ts', import.meta.url)
    : new URL('./store-writer.mjs', import.meta.url);
}

/**
 * Starts the writer thread and resolves when it has opened the file.
 * @param onLost called once when the thread ends without being asked: the engine cannot go on
 */
export async function createThreadWriter(
  data: WriterThreadData,
  onLost: (error: AppError) => void,
  entry: URL = writerEntryUrl(),
): Promise<WriterClient> {
  const worker = new Worker(entry, {
    workerData: data,
    name: 'store-writer',
    resourceLimits: WRITER_LIMITS,
  });
  const pending = createPendingWrites();
  const started = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let state: 'up' | 'closing' | 'lost' = 'up';
  let cause: unknown;

  const post = (message: ToWriter) => worker.postMessage(message);
  const lost = () =>
    new AppError('store.writer-lost', 'the thread that writes the store has ended', { cause });

  worker.on('message', (message: FromWriter) => {
    if (message.type === 'replies') pending.settle(message.replies);
    else if (message.type === 'ready') started.resolve();
    else if (message.type === 'failed') started.reject(fromErrorData(message.error));
  });
  worker.on('error', (error) => {
    cause = error;
  });
  worker.on('exit', () => {
    const error = lost();
    const wasAsked = state === 'closing';
    state = wasAsked ? 'closing' : 'lost';
    started.reject(error);
    pending.rejectAll(error);
    ended.resolve();
    if (!wasAsked) onLost(error);
  });
  await started.promise.catch(async (error: unknown) => {
    state = 'closing';
    await worker.terminate();
    throw error;
  });

  return {
    write(request) {
      if (state === 'lost') return Promise.reject(lost());
      if (state === 'closing') {
        return Promise.reject(new AppError('store.closed', 'the store is closed'));
      }
      const { id, promise } = pending.open();
      post({ type: 'write', request: { ...request, id } });
      return promise;
    },
    async close() {
      if (state === 'up') {
        state = 'closing';
        post({ type: 'close' });
      }
      await ended.promise;
    },
  };
}
