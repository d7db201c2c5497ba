import { useCallback, useEffect, useState } from 'react';
import type { CommandInput, Message } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import { type QueryData, useQueryData } from '../../app/use-query-data.ts';

/** Receipts come in crowds: one look for many. */
const restMs = 400;

export interface Messages {
  data: QueryData<unknown>;
  /** newest first, each once */
  messages: readonly Message[];
  /** fetches those before the last; undefined when there are none */
  older: (() => void) | undefined;
}

/** Messages of one view, kept current; older ones are fetched as one comes to the end. */
export function useMessages(input: CommandInput<'message.list'>): Messages {
  const { client, clock } = useServices();
  const data = useQueryData('message.list', input);
  const { reload } = data;
  const [extra, setExtra] = useState<{ messages: readonly Message[]; more: boolean } | null>(null);
  useEffect(() => {
    let cancel: (() => void) | null = null;
    const later = (): void => {
      cancel ??= clock.setTimer(restMs, () => {
        cancel = null;
        reload();
      });
    };
    const stops = [client.on('message.changed', later), client.on('message.bulk-changed', later)];
    return () => {
      cancel?.();
      for (const stop of stops) stop();
    };
  }, [client, clock, reload]);

  const first = data.value?.messages ?? [];
  const known = new Set<string>(first.map(({ messageId }) => messageId));
  const messages = [
    ...first,
    ...(extra?.messages ?? []).filter(({ messageId }) => !known.has(messageId)),
  ];
  const before = messages.at(-1)?.queuedAt;
  const more = extra ? extra.more : (data.value?.more ?? false);
  const key = JSON.stringify(input);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `input`
  const older = useCallback(() => {
    if (before === undefined) return;
    client.send('message.list', { ...input, before }).then(
      (page) =>
        setExtra((now) => ({
          messages: [...(now?.messages ?? []), ...page.messages],
          more: page.more,
        })),
      // coming to the end again tries again
      () => undefined,
    );
  }, [client, key, before]);
  return { data, messages, older: more ? older : undefined };
}
