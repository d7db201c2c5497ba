import { useEffect, useRef, useState } from 'react';
import type { CommandOutput } from '#shared/contract/index.ts';
import type { CampaignId } from '#shared/domain/index.ts';
import { useConnection, useServices } from '../../app/services.ts';

export type Attempt = CommandOutput<'campaign.list-attempts'>['attempts'][number];

const shown = 50;
const refreshMs = 1_000;

/**
 * The last attempts of these campaigns, newest first. Fetched again when a campaign says that it changed, at most once
 * a second; the former list stays until the next is there.
 */
export function useAttempts(campaignIds: readonly string[]): {
  attempts: readonly Attempt[] | null;
  error: unknown;
} {
  const { client, clock } = useServices();
  const epoch = useConnection(({ state }) => (state.kind === 'connected' ? state.since : null));
  const key = campaignIds.join(' ');
  const [view, setView] = useState<{ attempts: readonly Attempt[] | null; error: unknown }>({
    attempts: null,
    error: null,
  });
  const turn = useRef(0);

  useEffect(() => {
    if (epoch === null) return;
    const ids = key === '' ? [] : (key.split(' ') as CampaignId[]);
    let cancel: (() => void) | null = null;
    const refresh = (): void => {
      turn.current += 1;
      const own = turn.current;
      Promise.all(
        ids.map((campaignId) =>
          client.send('campaign.list-attempts', { campaignId, limit: shown }),
        ),
      ).then(
        (lists) => {
          if (own === turn.current) setView({ attempts: newest(lists), error: null });
        },
        (error: unknown) => {
          if (own === turn.current) setView((now) => ({ ...now, error }));
        },
      );
    };
    refresh();
    const stop = client.on('campaign.changed', ({ campaignId }) => {
      if (!ids.includes(campaignId)) return;
      cancel ??= clock.setTimer(refreshMs, () => {
        cancel = null;
        refresh();
      });
    });
    return () => {
      turn.current += 1;
      cancel?.();
      stop();
    };
  }, [client, clock, key, epoch]);
  return view;
}

function newest(lists: readonly { attempts: readonly Attempt[] }[]): Attempt[] {
  return lists
    .flatMap((list) => list.attempts)
    .sort((a, b) => b.reservedAt - a.reservedAt)
    .slice(0, shown);
}
