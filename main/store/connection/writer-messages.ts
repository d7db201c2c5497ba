import type { ErrorData } from '#shared/errors/index.ts';
import type { WriterReply } from '../types.ts';
import type { WriteRequest } from './write-queue.ts';

/** What the thread is started with; the key never leaves the process. */
export interface WriterThreadData {
  file: string;
  keyHex: string;
}

export type ToWriter = { type: 'write'; request: WriteRequest } | { type: 'close' };

export type FromWriter =
  | { type: 'ready' }
  | { type: 'failed'; error: ErrorData }
  | { type: 'replies'; replies: WriterReply[] }
  | { type: 'closed' };
