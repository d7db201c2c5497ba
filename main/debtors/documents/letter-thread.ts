import { parentPort } from 'node:worker_threads';
import { AppError, invariant, toErrorData } from '#shared/errors/index.ts';
import type { FromLetterThread, ToLetterThread } from './letter-protocol.ts';
import { drawLetter } from './pdf/draw-letter.ts';
import { fontFiles } from './pdf/letter-fonts.ts';

/** The thread that draws letters, one after another, until it is ended. Call it once, in the entry file. */
export function runLetterThread(): void {
  invariant(parentPort, 'runs in a worker thread only');
  const port = parentPort;
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
