import { useEffect, useState } from 'react';
import type { CampaignLive } from '#shared/contract/index.ts';
import type { CampaignId } from '#shared/domain/index.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';

export interface LiveFigures {
  live: CampaignLive | null;
  error: unknown;
  reload: () => void;
}

/** The figures of one campaign: fetched once and after a reconnection, then kept by events, the newest winning. */
export function useCampaignLive(campaignId: CampaignId): LiveFigures {
  const { client } = useServices();
  const data = useQueryData('campaign.live', { campaignId });
  const [pushed, setPushed] = useState<CampaignLive | null>(null);
  useEffect(
    () =>
      client.on('campaign.live-changed', (live) => {
        if (live.campaignId === campaignId) setPushed((now) => newer(now, live));
      }),
    [client, campaignId],
  );
  const own = pushed?.campaignId === campaignId ? pushed : null;
  return {
    live: newer(own, data.value),
    error: data.state === 'failed' && own === null ? data.error : null,
    reload: data.reload,
  };
}

function newer(a: CampaignLive | null, b: CampaignLive | null): CampaignLive | null {
  if (a === null || b === null) return a ?? b;
  return b.at >= a.at ? b : a;
}
