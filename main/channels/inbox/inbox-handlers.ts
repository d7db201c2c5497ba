import { people } from '#shared/contract/index.ts';
import type { Audience, Handler, Handlers, Publisher } from '../../contract-server/index.ts';
import type { PermissionsFor } from '../../debtors/index.ts';
import type { Store } from '../../store/types.ts';
import type { InboxWrites } from './inbox-writes.ts';
import { countThreads, listThreads, showThread } from './list-threads.ts';
import { loadCandidates } from './thread-candidates.ts';
import { loadItems } from './thread-items.ts';
import { loadReplies } from './thread-replies.ts';
import { requireThread, threadOfDebtor } from './thread-rows.ts';

export interface InboxHandlersParts {
  store: Store;
  writes: InboxWrites;
  publisher: Publisher;
  /** what the door says now about each address and channel */
  permissionsFor: PermissionsFor;
  /** a thread was put aside */
  onSnoozed(): void;
}

const EVERYBODY: Audience = { kind: 'roles', roles: people };

/** Commands of the inbox. */
export function createInboxHandlers(parts: InboxHandlersParts): Handlers {
  const { store, writes, permissionsFor } = parts;
  const { read } = store;
  const changed = (inboxThreadId: string) => {
    parts.publisher.publish('inbox.changed', { inboxThreadId }, EVERYBODY);
    return showThread(read, inboxThreadId);
  };
  return {
    'inbox.list': ({ view, channel = null, before = null, limit }, { principal: { personId } }) =>
      read.snapshot(() => ({
        ...listThreads(read, { view, channel, before, limit, personId }),
        counts: countThreads(read, personId),
      })),
    'inbox.thread': ({ inboxThreadId, before = null, limit }) =>
      read.snapshot(() => {
        const row = requireThread(read, inboxThreadId);
        return {
          thread: showThread(read, inboxThreadId),
          ...loadItems(read, row, { before, limit }),
          replies: loadReplies(read, row, permissionsFor),
          candidates: loadCandidates(read, row),
        };
      }),
    'inbox.thread-of': ({ debtorId }) => ({
      inboxThreadId: threadOfDebtor(read, debtorId)?.id ?? null,
    }),
    'inbox.mark-read': async (input, { commandId }) => {
      await store.write(writes, 'inbox.markRead', input, once(commandId));
      return changed(input.inboxThreadId);
    },
    'inbox.assign': async ({ inboxThreadId, personId }, { principal, commandId }) => {
      const by = { personId: principal.personId, leads: principal.role !== 'agent' };
      await store.write(writes, 'inbox.assign', { inboxThreadId, personId, by }, once(commandId));
      return changed(inboxThreadId);
    },
    'inbox.snooze': async (input, { commandId }) => {
      await store.write(writes, 'inbox.snooze', input, once(commandId));
      parts.onSnoozed();
      return changed(input.inboxThreadId);
    },
    'inbox.done': async (input, { commandId }) => {
      await store.write(writes, 'inbox.end', input, once(commandId));
      return changed(input.inboxThreadId);
    },
    'inbox.reopen': async (input, { commandId }) => {
      await store.write(writes, 'inbox.reopen', input, once(commandId));
      return changed(input.inboxThreadId);
    },
    'inbox.match': matchHandler(parts, changed),
    'inbox.unmatch': unmatchHandler(parts, changed),
  };
}

type Changed = (inboxThreadId: string) => ReturnType<typeof showThread>;

function matchHandler(parts: InboxHandlersParts, changed: Changed): Handler<'inbox.match'> {
  return async (input, { principal, commandId }) => {
    const { store, writes, publisher } = parts;
    const asked = { ...input, personId: principal.personId };
    const { inboxThreadId } = await store.write(writes, 'inbox.match', asked, once(commandId));
    // the thread that was nobody's may have gone into the debtor's own
    if (inboxThreadId !== input.inboxThreadId) {
      publisher.publish('inbox.changed', { inboxThreadId: input.inboxThreadId }, EVERYBODY);
    }
    const thread = changed(inboxThreadId);
    if (thread.debtorId !== null) {
      publisher.publish('debtor.changed', { debtorId: thread.debtorId }, EVERYBODY);
    }
    return thread;
  };
}

function unmatchHandler(parts: InboxHandlersParts, changed: Changed): Handler<'inbox.unmatch'> {
  return async (input, { principal, commandId }) => {
    const { store, writes, publisher } = parts;
    const asked = { ...input, personId: principal.personId };
    const { inboxThreadId, debtorId } = await store.write(
      writes,
      'inbox.unmatch',
      asked,
      once(commandId),
    );
    publisher.publish('inbox.changed', { inboxThreadId: input.inboxThreadId }, EVERYBODY);
    publisher.publish('debtor.changed', { debtorId }, EVERYBODY);
    return changed(inboxThreadId);
  };
}

/** Options of a write that a repeated command does not make twice. */
function once(commandId: string | null): { commandId?: string } {
  return commandId === null ? {} : { commandId };
}
