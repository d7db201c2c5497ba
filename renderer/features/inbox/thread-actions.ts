import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  CommandInput,
  CommandName,
  CommandOutput,
  InboxThread,
} from '#shared/contract/index.ts';
import type { PersonId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { useConnection, useServices } from '../../app/services.ts';
import { toast } from '../../components/index.ts';

export interface ThreadActions {
  /** to oneself; again: gives it back */
  assignToMe: (thread: InboxThread) => void;
  assign: (thread: InboxThread, personId: PersonId | null, name: string | null) => void;
  snooze: (thread: InboxThread, until: number, when: string) => void;
  done: (thread: InboxThread) => void;
  reopen: (thread: InboxThread) => void;
  markRead: (thread: InboxThread, read: boolean) => void;
  /** takes the last of them back */
  undo: () => void;
}

/**
 * What can be done with a thread. Each says what was done and can be taken back, by the toast or by its key.
 * @param onChanged something is different now: lists are looked at again
 * @param onLeft the thread has left the view it was in
 */
export function useThreadActions(
  onChanged: () => void,
  onLeft: (thread: InboxThread) => void,
): ThreadActions {
  const { client } = useServices();
  const { t } = useTranslation();
  const ownId = useConnection((view) => view.principal?.personId ?? null);
  const ownName = useConnection((view) => view.principal?.displayName ?? '');
  const takeBack = useRef<(() => void) | null>(null);

  const run = useCallback(
    <Name extends CommandName>(
      name: Name,
      input: CommandInput<Name>,
    ): Promise<CommandOutput<Name> | null> =>
      client.send(name, input).then(
        (value) => {
          onChanged();
          return value;
        },
        (error: unknown) => {
          const text = errorText(error, t);
          toast('failed', text);
          announce(text, 'assertive');
          onChanged();
          return null;
        },
      ),
    [client, onChanged, t],
  );

  /** Does it, says so, and offers the way back. */
  const perform = useCallback(
    async <Name extends CommandName>(
      name: Name,
      input: CommandInput<Name>,
      said: string,
      back: () => Promise<unknown>,
    ): Promise<boolean> => {
      if ((await run(name, input)) === null) return false;
      const undo = (): void => {
        if (takeBack.current === undo) takeBack.current = null;
        void back().then(() => announce(t('inbox.undone')));
      };
      takeBack.current = undo;
      announce(said);
      toast('done', said, undefined, [{ label: t('inbox.undo'), run: undo }]);
      return true;
    },
    [run, t],
  );

  /** To the state in which it was. */
  const restore = (thread: InboxThread): Promise<unknown> => {
    const { inboxThreadId, state, snoozedUntil } = thread;
    if (state === 'done') return run('inbox.done', { inboxThreadId });
    if (state === 'snoozed' && snoozedUntil !== null) {
      return run('inbox.snooze', { inboxThreadId, until: snoozedUntil });
    }
    return run('inbox.reopen', { inboxThreadId });
  };
  const nameOf = (thread: InboxThread): string => thread.displayName ?? thread.peer ?? '';

  const assign: ThreadActions['assign'] = (thread, personId, name) => {
    const { inboxThreadId } = thread;
    const said =
      personId === null
        ? t('inbox.said-given-back', { thread: nameOf(thread) })
        : t('inbox.said-assigned', { thread: nameOf(thread), name: name ?? '' });
    void perform('inbox.assign', { inboxThreadId, personId }, said, () =>
      run('inbox.assign', { inboxThreadId, personId: thread.assignedTo }),
    );
  };
  return {
    assign,
    assignToMe: (thread) => {
      if (ownId === null) return;
      if (thread.assignedTo === ownId) assign(thread, null, null);
      else assign(thread, ownId as PersonId, ownName);
    },
    snooze: (thread, until, when) => {
      const { inboxThreadId } = thread;
      void perform(
        'inbox.snooze',
        { inboxThreadId, until },
        t('inbox.said-snoozed', { thread: nameOf(thread), when }),
        () => restore(thread),
      ).then((did) => did && onLeft(thread));
    },
    done: (thread) => {
      void perform(
        'inbox.done',
        { inboxThreadId: thread.inboxThreadId },
        t('inbox.said-done', { thread: nameOf(thread) }),
        () => restore(thread),
      ).then((did) => did && onLeft(thread));
    },
    reopen: (thread) => {
      void perform(
        'inbox.reopen',
        { inboxThreadId: thread.inboxThreadId },
        t('inbox.said-reopened', { thread: nameOf(thread) }),
        () => restore(thread),
      ).then((did) => did && onLeft(thread));
    },
    markRead: (thread, read) => {
      const { inboxThreadId } = thread;
      void run('inbox.mark-read', { inboxThreadId, read });
      if (read) return;
      const undo = (): void => void run('inbox.mark-read', { inboxThreadId, read: true });
      takeBack.current = undo;
      announce(t('inbox.said-unread', { thread: nameOf(thread) }));
    },
    undo: () => {
      const last = takeBack.current;
      takeBack.current = null;
      last?.();
    },
  };
}
