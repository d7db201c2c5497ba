import { useCallback, useEffect, useRef, useState } from 'react';
import type { CommandOutput } from '#shared/contract/index.ts';
import { useConnection, useServices } from '../../app/services.ts';

export type QueueEntry = CommandOutput<'bank.queue'>['entries'][number];

interface Loaded {
  entries: readonly QueueEntry[];
  cursor: string | null;
  total: number;
}

export interface BankQueueData {
  loaded: Loaded | null;
  error: unknown;
  reload: () => void;
  loadMore: () => void;
  /** dealt with: leaves at once, before the engine says that the queue has changed */
  drop: (bankEntryId: string) => void;
}

const pageSize = 50;
const mostAtOnce = 200;
/** Others deal with entries too: their work comes in bursts. */
const refreshDelayMs = 800;

/** Entries that wait for a person, oldest first, kept current while several people deal with them. */
export function useBankQueue(): BankQueueData {
  const { client, clock } = useServices();
  const epoch = useConnection(({ state }) => (state.kind === 'connected' ? state.since : null));
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [error, setError] = useState<unknown>(null);
  const latest = useRef<Loaded | null>(null);
  latest.current = loaded;
  const turn = useRef(0);
  const busy = useRef(false);

  const reload = useCallback(() => {
    turn.current += 1;
    const own = turn.current;
    const limit = Math.min(mostAtOnce, Math.max(pageSize, latest.current?.entries.length ?? 0));
    client.send('bank.queue', { limit }).then(
      (answer) => {
        if (own !== turn.current) return;
        setError(null);
        setLoaded(answer);
      },
      (failure: unknown) => {
        if (own === turn.current) setError(failure);
      },
    );
  }, [client]);

  useEffect(() => {
    if (epoch !== null) reload();
  }, [epoch, reload]);
  useEffect(() => {
    let cancel: (() => void) | null = null;
    const stop = client.on('bank.changed', () => {
      cancel ??= clock.setTimer(refreshDelayMs, () => {
        cancel = null;
        reload();
      });
    });
    return () => {
      cancel?.();
      stop();
    };
  }, [client, clock, reload]);

  const loadMore = useCallback(() => {
    const now = latest.current;
    if (now === null || now.cursor === null || busy.current) return;
    busy.current = true;
    const own = turn.current;
    client
      .send('bank.queue', { limit: pageSize, cursor: now.cursor })
      .then(
        (answer) => {
          if (own !== turn.current) return;
          setLoaded((before) =>
            before === null
              ? answer
              : {
                  ...answer,
                  entries: [
                    ...before.entries,
                    ...answer.entries.filter(
                      (entry) =>
                        !before.entries.some((one) => one.bankEntryId === entry.bankEntryId),
                    ),
                  ],
                },
          );
        },
        () => undefined, // the next look at the end asks again
      )
      .finally(() => {
        busy.current = false;
      });
  }, [client]);

  const drop = useCallback(
    (bankEntryId: string) =>
      setLoaded((now) =>
        now === null
          ? null
          : {
              ...now,
              entries: now.entries.filter((entry) => entry.bankEntryId !== bankEntryId),
              total: Math.max(0, now.total - 1),
            },
      ),
    [],
  );
  return { loaded, error, reload, loadMore, drop };
}
