import { fromErrorData, InvariantError } from '#shared/errors/index.ts';
import type { WritePriority, WriterReply } from '../types.ts';
import type { WriteRequest } from './write-queue.ts';

export type OutgoingWrite = Omit<WriteRequest, 'id'>;

/** The near end of a writer, wherever it runs. */
export interface WriterClient {
  write(request: OutgoingWrite): Promise<unknown>;
  close(): Promise<void>;
}

export const DEFAULT_PRIORITY: WritePriority = 'command';

/** Matches replies to the promises that wait for them. */
export interface PendingWrites {
  open(): { id: number; promise: Promise<unknown> };
  settle(replies: readonly WriterReply[]): void;
  /** nobody will answer any more */
  rejectAll(error: Error): void;
  readonly size: number;
}

export function createPendingWrites(): PendingWrites {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  return {
    open() {
      lastId += 1;
      const resolvers = Promise.withResolvers<unknown>();
      waiting.set(lastId, resolvers);
      return { id: lastId, promise: resolvers.promise };
    },
    settle(replies) {
      for (const reply of replies) {
        const resolvers = waiting.get(reply.id);
        waiting.delete(reply.id);
        if (reply.ok) resolvers?.resolve(reply.value);
        else resolvers?.reject(toThrown(reply));
      }
    },
    rejectAll(error) {
      for (const resolvers of waiting.values()) resolvers.reject(error);
      waiting.clear();
    },
    get size() {
      return waiting.size;
    },
  };
}

function toThrown({ error }: Extract<WriterReply, { ok: false }>): Error {
  if (error.code !== 'internal') return fromErrorData(error);
  const bug = new InvariantError(error.message);
  if (typeof error.details.stack === 'string') bug.stack = error.details.stack;
  return bug;
}
