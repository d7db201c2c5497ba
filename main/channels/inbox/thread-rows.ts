import { AppError } from '#shared/errors/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';

export interface ThreadRow {
  id: string;
  debtorId: string | null;
  peer: string | null;
  state: 'open' | 'snoozed' | 'done';
  snoozedUntil: number | null;
  assignedTo: string | null;
  lastAt: number;
  lastInAt: number | null;
  unread: number;
  channels: string;
}

const COLUMNS =
  'id, debtorId, peer, state, snoozedUntil, assignedTo, lastAt, lastInAt, unread, channels';

/** @throws AppError `contract.not-found` */
export function requireThread(db: ReadDb, inboxThreadId: string): ThreadRow {
  const row = db.get<ThreadRow>(
    `SELECT ${COLUMNS} FROM inboxThread WHERE id = ? AND deletedAt IS NULL`,
    inboxThreadId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such thread');
  return row;
}

/** Of a debtor; of several, which a merge leaves, the one that moved last. */
export function threadOfDebtor(db: ReadDb, debtorId: string): ThreadRow | null {
  const row = db.get<ThreadRow>(
    `SELECT ${COLUMNS} FROM inboxThread WHERE debtorId = ? AND deletedAt IS NULL
     ORDER BY lastAt DESC, id LIMIT 1`,
    debtorId,
  );
  return row ?? null;
}

/** Of a number or address that is nobody's yet. */
export function threadOfPeer(db: ReadDb, peer: string): ThreadRow | null {
  const row = db.get<ThreadRow>(
    `SELECT ${COLUMNS} FROM inboxThread WHERE peer = ? AND debtorId IS NULL AND deletedAt IS NULL
     ORDER BY lastAt DESC, id LIMIT 1`,
    peer,
  );
  return row ?? null;
}

export interface ThreadArrival {
  debtorId: string | null;
  peer: string;
  channel: string;
  at: number;
  /** made by a machine: it wakes nobody */
  automatic: boolean;
}

/** The thread that something came in for, brought up; made when there is none. @returns its id */
export function receiveInThread(
  db: WriteDb,
  context: WriteContext,
  arrival: ThreadArrival,
): string {
  const { debtorId, peer, channel, at, automatic } = arrival;
  const known = debtorId === null ? threadOfPeer(db, peer) : threadOfDebtor(db, debtorId);
  if (known === null) {
    const id = context.newId();
    db.insert('inboxThread', {
      ...{ id, debtorId, peer, state: 'open', lastAt: at, lastInAt: at, unread: 1 },
      ...{ channels: channel, createdAt: context.now },
    });
    return id;
  }
  db.update('inboxThread', known.id, {
    peer,
    lastAt: Math.max(known.lastAt, at),
    lastInAt: Math.max(known.lastInAt ?? 0, at),
    unread: known.unread + 1,
    channels: withChannel(known.channels, channel),
    ...(automatic ? {} : { state: 'open', snoozedUntil: null }),
  });
  return known.id;
}

export function withChannel(channels: string, channel: string): string {
  const known = channels.split(' ').filter(Boolean);
  return known.includes(channel) ? channels : [...known, channel].join(' ');
}

/** A thread that is read anew from the messages that are left in it; without any it goes. */
export function settleThread(db: WriteDb, thread: ThreadRow): void {
  const left = db.all<{ channel: string; at: number }>(
    'SELECT channel, at FROM inboundMessage WHERE threadId = ? ORDER BY at',
    thread.id,
  );
  const newest = left.at(-1);
  if (newest === undefined) {
    db.remove('inboxThread', thread.id);
    return;
  }
  db.update('inboxThread', thread.id, {
    lastInAt: newest.at,
    unread: Math.min(thread.unread, left.length),
    channels: [...new Set(left.map(({ channel }) => channel))].join(' '),
  });
}
