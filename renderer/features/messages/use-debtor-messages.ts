import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { Message } from '#shared/contract/index.ts';
import type { DebtorId } from '#shared/domain/index.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { withMessage } from './with-message.ts';

const newest = 100;

export interface DebtorMessages {
  /** the messages behind lines of the history, by the line's id */
  byInteraction: ReadonlyMap<string, Message>;
  /** those that no line of the history stands for yet, newest first */
  messages: readonly Message[];
  /** lines that came in while the card was looked at */
  arrived: ReadonlySet<string>;
}

const none: DebtorMessages = { byInteraction: new Map(), messages: [], arrived: new Set() };

export const DebtorMessagesContext = createContext<DebtorMessages>(none);

export function useMessagesOfDebtor(): DebtorMessages {
  return useContext(DebtorMessagesContext);
}

/**
 * Messages to one debtor, kept current by events: a state that changes is seen at once, whoever sent it. An event that
 * overtakes the list is not lost to it.
 */
export function useDebtorMessages(debtorId: DebtorId): DebtorMessages {
  const { client } = useServices();
  const listed = useQueryData('message.list', { debtorId, limit: newest });
  const [heard, setHeard] = useState<readonly Message[]>([]);
  const [arrived, setArrived] = useState<ReadonlySet<string>>(none.arrived);
  const of = useRef(debtorId);
  if (of.current !== debtorId) {
    of.current = debtorId;
    setHeard([]);
    setArrived(none.arrived);
  }
  useEffect(
    () =>
      client.on('message.changed', (message) => {
        if (message.debtorId === debtorId) setHeard((now) => withMessage(now, message));
      }),
    [client, debtorId],
  );
  useEffect(
    () =>
      client.on('inbox.message-received', (received) => {
        if (received.debtorId !== debtorId) return;
        setArrived((now) => new Set(now).add(received.interactionId));
      }),
    [client, debtorId],
  );
  const known = listed.value?.messages;
  return useMemo(() => {
    const own = (known ?? []).filter((message) => message.debtorId === debtorId);
    const messages = heard.reduce(withMessage, own as readonly Message[]);
    return {
      messages,
      arrived,
      byInteraction: new Map(
        messages.flatMap((message) =>
          message.interactionId === null ? [] : [[message.interactionId as string, message]],
        ),
      ),
    };
  }, [known, heard, arrived, debtorId]);
}
