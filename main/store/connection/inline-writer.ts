import { AppError } from '#shared/errors/index.ts';
import { createWriter, type Writer, type WriterParts } from './writer.ts';
import { createPendingWrites, type WriterClient } from './writer-client.ts';

/**
 * The writer without its thread, for tests and one-off commands: same queue, same groups, same
 * copying of what goes in and out.
 */
export function createInlineWriter(
  parts: Omit<WriterParts, 'reply' | 'defer' | 'drainMailbox'>,
): WriterClient & Pick<Writer, 'runNow'> {
  const pending = createPendingWrites();
  const writer = createWriter({
    ...parts,
    reply: (replies) => pending.settle(structuredClone(replies)),
    defer: queueMicrotask,
  });
  let isClosed = false;
  return {
    write(request) {
      if (isClosed) return Promise.reject(new AppError('store.closed', 'the store is closed'));
      const input: unknown = structuredClone(request.input);
      const { id, promise } = pending.open();
      writer.add({ ...request, input, id });
      return promise;
    },
    runNow: (write) => writer.runNow(write),
    close() {
      isClosed = true;
      writer.close();
      return Promise.resolve();
    },
  };
}
