import { useEffect } from 'react';
import type { CommandOutput } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import { type QueryData, useQueryData } from '../../app/use-query-data.ts';

/** Several messages that come at once are one look. */
const restMs = 200;

/** Calls `listener` soon after something in the inbox has changed. */
export function useInboxChanges(listener: () => void): void {
  const { client, clock } = useServices();
  useEffect(() => {
    let cancel: (() => void) | null = null;
    const later = (): void => {
      cancel?.();
      cancel = clock.setTimer(restMs, listener);
    };
    const stops = [client.on('inbox.changed', later), client.on('inbox.message-received', later)];
    return () => {
      cancel?.();
      for (const stop of stops) stop();
    };
  }, [client, clock, listener]);
}

/** The newest threads of what waits for this person, with the counts of every view; kept current. */
export function useWaitingThreads(
  view: 'open' | 'mine' | 'unassigned',
  limit: number,
): QueryData<CommandOutput<'inbox.list'>> {
  const data = useQueryData('inbox.list', { view, limit });
  useInboxChanges(data.reload);
  return data;
}
