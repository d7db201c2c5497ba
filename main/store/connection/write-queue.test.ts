import { describe, expect, it } from 'vitest';
import type { WritePriority } from '../types.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

function queueOf(...priorities: WritePriority[]): WriteQueue {
  const queue = createWriteQueue();
  for (const [id, priority] of priorities.entries()) {
    queue.add({ id, name: 'x', input: null, priority, commandId: null });
  }
  return queue;
}

function takeAll(queue: WriteQueue): (number | undefined)[] {
  const taken: (number | undefined)[] = [];
  while (queue.length > 0) taken.push(queue.take(0)?.id);
  return taken;
}

describe('the queue of writes', () => {
  it('gives calls first, then commands, messages and imports, each in order of arrival', () => {
    const queue = queueOf('import', 'message', 'command', 'call', 'import', 'command', 'call');
    expect(takeAll(queue)).toEqual([3, 6, 2, 5, 1, 0, 4]);
  });

  it('gives an import chunk to an empty batch only', () => {
    const queue = queueOf('import', 'command');
    expect(queue.take(0)?.id).toBe(1);
    expect(queue.take(1)).toBeUndefined();
    expect(queue.take(0)?.id).toBe(0);
  });

  it('is empty at the end', () => {
    expect(createWriteQueue().take(0)).toBeUndefined();
    expect(createWriteQueue().length).toBe(0);
  });
});
