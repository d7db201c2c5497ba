import { parentPort } from 'node:worker_threads';
import { AppError, invariant, toErrorData } from '#shared/errors/index.ts';
import { fitMedia } from './fit-media.ts';
import { unreadable } from './media-errors.ts';
import type { FromMediaThread, ToMediaThread } from './media-protocol.ts';

/** The thread that fits pictures and pages, until it is ended. Call it once, in the entry file. */
export function runMediaThread(): void {
  invariant(parentPort, 'runs in a worker thread only');
  const port = parentPort;
  port.on('message', ({ id, source, wish }: ToMediaThread) => {
    fitMedia(source, wish).then(
      (media) => port.postMessage({ id, ok: true, media } satisfies FromMediaThread),
      (error: unknown) => {
        const failure =
          error instanceof AppError ? error : unreadable('it broke the reader', error);
        port.postMessage({ id, ok: false, error: toErrorData(failure) } satisfies FromMediaThread);
      },
    );
  });
}
