import type { WriteContext, WriteDb, WriteInput } from '../../store/types.ts';
import type { ThreadTrace } from '../ports.ts';
import {
  expireMessages,
  moveQueue,
  type QueryAnswer,
  recoverMessages,
  rejectMessages,
  writeAnswer,
} from './care-writes.ts';
import type { OutboxDoor } from './door.ts';
import { type PermitMessages, permitMessages } from './permit-writes.ts';
import { cancelMessage, type QueueMessage, queueMessage } from './queue-writes.ts';
import { type Reports, writeReports } from './report-writes.ts';

/** Every change of messages, each in one transaction; what concerns many leaves one row in the log of changes. */
export function createOutboxWrites(door: OutboxDoor, threads: ThreadTrace) {
  const many =
    <Input, Output>(
      label: string,
      write: (door: OutboxDoor, db: WriteDb, context: WriteContext, input: Input) => Output,
    ) =>
    (db: WriteDb, context: WriteContext, input: Input): Output => {
      const chunk = db.beginChunk(label);
      const output = write(door, db, context, input);
      chunk.end();
      return output;
    };
  return {
    'message.queue': (db: WriteDb, context: WriteContext, input: QueueMessage) =>
      queueMessage({ door, threads }, db, context, input),
    'message.cancel': (db: WriteDb, context: WriteContext, input: { messageId: string }) =>
      cancelMessage(door, db, context, input),
    'message.permit': many<PermitMessages, ReturnType<typeof permitMessages>>(
      'messages permitted',
      permitMessages,
    ),
    'message.reports': many<Reports, ReturnType<typeof writeReports>>(
      'messages reported on',
      writeReports,
    ),
    'message.answer': (db: WriteDb, context: WriteContext, input: QueryAnswer) =>
      writeAnswer(door, db, context, input),
    'message.recover': (db: WriteDb, context: WriteContext, input: { nextAt: number }) =>
      recoverMessages(door, db, context, input),
    'message.expire': (
      db: WriteDb,
      context: WriteContext,
      input: { messageIds: readonly string[] },
    ) => expireMessages(door, db, context, input),
    'message.reject': (
      db: WriteDb,
      context: WriteContext,
      input: Parameters<typeof rejectMessages>[3],
    ) => rejectMessages(door, db, context, input),
    'message.move-queue': (
      db: WriteDb,
      context: WriteContext,
      input: Parameters<typeof moveQueue>[3],
    ) => moveQueue(door, db, context, input),
  };
}

export type OutboxWrites = ReturnType<typeof createOutboxWrites>;
export type OutboxInput<Name extends keyof OutboxWrites> = WriteInput<OutboxWrites, Name>;
