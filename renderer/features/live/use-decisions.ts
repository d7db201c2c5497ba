import { useCallback, useEffect, useRef, useState } from 'react';
import type { PacerDecision } from '#shared/contract/index.ts';
import type { CampaignId } from '#shared/domain/index.ts';
import { useConnection, useServices } from '../../app/services.ts';

const pageSize = 200;

export interface DecisionsWanted {
  campaignId: CampaignId;
  /** the day, from its first instant to the last */
  from: number;
  to: number;
  actionsOnly: boolean;
}

export interface Decisions {
  decisions: readonly PacerDecision[] | null;
  /** older ones of the day are there */
  more: boolean;
  loading: boolean;
  error: unknown;
  loadMore: () => void;
  reload: () => void;
}

interface Loaded {
  decisions: readonly PacerDecision[] | null;
  more: boolean;
  loading: boolean;
  error: unknown;
}
const nothing: Loaded = { decisions: null, more: false, loading: true, error: null };

/** What the pacer decided on one day, newest first, a page at a time; a late answer to another question is dropped. */
export function useDecisions({ campaignId, from, to, actionsOnly }: DecisionsWanted): Decisions {
  const { client } = useServices();
  const epoch = useConnection(({ state }) => (state.kind === 'connected' ? state.since : null));
  const [loaded, setLoaded] = useState<Loaded>(nothing);
  const [turn, setTurn] = useState(0);
  const latest = useRef(0);

  const fetchPage = useCallback(
    (before: number, kept: readonly PacerDecision[]) => {
      latest.current += 1;
      const own = latest.current;
      setLoaded((now) => ({ ...now, loading: true, error: null }));
      client
        .send('campaign.decisions', {
          campaignId,
          before,
          after: from,
          actionsOnly,
          limit: pageSize,
        })
        .then(
          ({ decisions, more }) => {
            if (own !== latest.current) return;
            setLoaded({
              decisions: [...kept, ...decisions],
              more,
              loading: false,
              error: null,
            });
          },
          (error: unknown) => {
            if (own === latest.current) setLoaded((now) => ({ ...now, loading: false, error }));
          },
        );
    },
    [client, campaignId, from, actionsOnly],
  );

  // `turn` and `epoch` are there to fetch again
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (epoch === null) return;
    setLoaded(nothing);
    fetchPage(to, []);
    return () => {
      latest.current += 1;
    };
  }, [fetchPage, to, turn, epoch]);

  const last = loaded.decisions?.at(-1)?.at;
  return {
    ...loaded,
    loadMore: () => {
      if (!loaded.loading && loaded.more && last !== undefined)
        fetchPage(last, loaded.decisions ?? []);
    },
    reload: () => setTurn((now) => now + 1),
  };
}
