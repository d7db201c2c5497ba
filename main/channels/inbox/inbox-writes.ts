import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { TakeArrived } from './arrived.ts';
import type { InboxDoor } from './inbox-door.ts';
import { type MatchThread, matchThread, unmatchMessage } from './match-writes.ts';
import { takeArrived } from './take-writes.ts';
import {
  assignThread,
  endThread,
  forgetParts,
  markRead,
  reopenThread,
  snoozeThread,
  wakeThreads,
} from './thread-writes.ts';

/** Writes of the inbox, for the writer thread. */
export function createInboxWrites(door: InboxDoor) {
  return {
    'inbox.take': (db: WriteDb, context: WriteContext, input: TakeArrived) =>
      takeArrived(door, db, context, input),
    'inbox.match': (db: WriteDb, context: WriteContext, input: MatchThread) =>
      matchThread(door, db, context, input),
    'inbox.unmatch': unmatchMessage,
    'inbox.markRead': markRead,
    'inbox.assign': assignThread,
    'inbox.snooze': snoozeThread,
    'inbox.end': endThread,
    'inbox.reopen': reopenThread,
    'inbox.wake': wakeThreads,
    'inbox.forgetParts': forgetParts,
  };
}

export type InboxWrites = ReturnType<typeof createInboxWrites>;
