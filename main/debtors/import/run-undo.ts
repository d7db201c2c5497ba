import type { Store } from '../../store/index.ts';
import { importWrites } from './import-writes.ts';
import type { UndoneSoFar } from './undo-import.ts';

/**
 * Runs an undo that has begun to its end, a step at a time behind everything else.
 * @param isStopped asked between steps: the program ends, and the next run goes on
 * @returns null when it was stopped
 */
export async function runUndo(
  store: Store,
  importJobId: string,
  isStopped: () => boolean = () => false,
): Promise<UndoneSoFar | null> {
  while (!isStopped()) {
    const options = { priority: 'import' } as const;
    const soFar = await store.write(importWrites, 'import.undoChunk', { importJobId }, options);
    if (soFar.done) return soFar;
  }
  return null;
}
