import { parentPort } from 'node:worker_threads';
import { AppError, invariant, toErrorData } from '#shared/errors/index.ts';
import type { FromLetterThread, ToLetterThread } from './letter-protocol.ts';

/**
 * The thread that draws letters, one after another, until it is ended. Call it once, in the entry file. What draws is
 * loaded here and nowhere else: it is large, and the engine's own thread never needs it.
 */
export async function runLetterThread(): Promise<void> {
  invariant(parentPort, 'runs in a worker thread only');
  const port = parentPort;
  const [{ drawLetter }, { fontFiles }] = await Promise.all([
    import('./pdf/draw-letter.ts'),
    import('./pdf/letter-fonts.ts'),
  ]);
  const fonts = fontFiles();
  port.on('message', ({ id, letter }: ToLetterThread) => {
    drawLetter(letter, fonts).then(
      ({ bytes, pages }) =>
        port.postMessage({ id, ok: true, bytes, pages } satisfies FromLetterThread),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        const failure = new AppError('document.not-drawn', `the letter was not drawn: ${message}`);
        port.postMessage({ id, ok: false, error: toErrorData(failure) } satisfies FromLetterThread);
      },
    );
  });
}
