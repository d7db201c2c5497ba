import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { ThreadTrace } from '../ports.ts';
import { requireThread, threadOfDebtor } from './thread-rows.ts';

interface Of {
  inboxThreadId: string;
}

export function markRead(db: WriteDb, _context: WriteContext, input: Of & { read: boolean }): void {
  const { id, unread } = requireThread(db, input.inboxThreadId);
  const wanted = input.read ? 0 : Math.max(1, unread);
  if (wanted !== unread) db.update('inboxThread', id, { unread: wanted });
}

/** @throws AppError `inbox.assigned-to-other`: it is a colleague's, or would become one's, and the person is no lead */
export function assignThread(
  db: WriteDb,
  _context: WriteContext,
  input: Of & { personId: string | null; by: { personId: string; leads: boolean } },
): void {
  const { id, assignedTo } = requireThread(db, input.inboxThreadId);
  const { by, personId } = input;
  const isOwn = (who: string | null) => who === null || who === by.personId;
  if (!by.leads && !(isOwn(assignedTo) && isOwn(personId))) {
    throw new AppError('inbox.assigned-to-other', 'this thread is another person’s');
  }
  const known =
    personId === null ||
    db.get('SELECT 1 FROM person WHERE id = ? AND deletedAt IS NULL', personId);
  if (!known) throw new AppError('contract.not-found', 'no such person');
  if (assignedTo !== personId) db.update('inboxThread', id, { assignedTo: personId });
}

/** @throws AppError `inbox.snooze-in-past` */
export function snoozeThread(
  db: WriteDb,
  context: WriteContext,
  input: Of & { until: number },
): void {
  const { id } = requireThread(db, input.inboxThreadId);
  if (input.until <= context.now) {
    throw new AppError('inbox.snooze-in-past', 'this instant has passed');
  }
  db.update('inboxThread', id, { state: 'snoozed', snoozedUntil: input.until });
}

export function endThread(db: WriteDb, _context: WriteContext, { inboxThreadId }: Of): void {
  const { id } = requireThread(db, inboxThreadId);
  db.update('inboxThread', id, { state: 'done', snoozedUntil: null, unread: 0 });
}

export function reopenThread(db: WriteDb, _context: WriteContext, { inboxThreadId }: Of): void {
  const { id } = requireThread(db, inboxThreadId);
  db.update('inboxThread', id, { state: 'open', snoozedUntil: null });
}

/** Threads whose time has come. @returns their ids */
export function wakeThreads(db: WriteDb, context: WriteContext, _input: null): string[] {
  const due = db.all<{ id: string }>(
    `SELECT id FROM inboxThread WHERE state = 'snoozed' AND snoozedUntil <= ? AND deletedAt IS NULL
     ORDER BY snoozedUntil LIMIT 500`,
    context.now,
  );
  for (const { id } of due) db.update('inboxThread', id, { state: 'open', snoozedUntil: null });
  return due.map(({ id }) => id);
}

/** Parts of texts that were put together a day ago come no more. */
export function forgetParts(db: WriteDb, context: WriteContext, _input: null): void {
  db.run(
    `DELETE FROM inboundPart WHERE at < ? AND json_extract(eventJson, '$.channel') IS NULL`,
    context.now - 86_400_000,
  );
}

/** A message of ours moves the thread up; whoever has put it aside is left alone. */
export const threadTrace: ThreadTrace = {
  outgoing(db, _context, { threadId, debtorId, at }) {
    const named =
      threadId === null
        ? undefined
        : db.get<{ id: string; lastAt: number }>(
            'SELECT id, lastAt FROM inboxThread WHERE id = ? AND deletedAt IS NULL',
            threadId,
          );
    const thread = named ?? threadOfDebtor(db, debtorId);
    if (thread && thread.lastAt < at) db.update('inboxThread', thread.id, { lastAt: at });
  },
};
