import { useEffect, useState } from 'react';
import type { CampaignLive } from '#shared/contract/index.ts';
import type { CampaignId } from '#shared/domain/index.ts';
import { useConnection, useServices } from '../../app/services.ts';

/**
 * The figures of several campaigns by id, for lists: fetched once for each, then kept by events. A campaign whose
 * figures cannot be had is left out; its other columns say enough.
 */
export function useLiveOf(
  campaignIds: readonly CampaignId[],
): Readonly<Record<string, CampaignLive>> {
  const { client } = useServices();
  const epoch = useConnection(({ state }) => (state.kind === 'connected' ? state.since : null));
  const [byId, setById] = useState<Readonly<Record<string, CampaignLive>>>({});
  const key = campaignIds.join(' ');
  useEffect(() => {
    if (epoch === null || key === '') return;
    let current = true;
    const ids = key.split(' ') as CampaignId[];
    const take = (live: CampaignLive): void => {
      if (!current || !ids.includes(live.campaignId)) return;
      setById((now) => {
        const known = now[live.campaignId];
        return known && known.at > live.at ? now : { ...now, [live.campaignId]: live };
      });
    };
    for (const campaignId of ids) client.send('campaign.live', { campaignId }).then(take, () => {});
    const stop = client.on('campaign.live-changed', take);
    return () => {
      current = false;
      stop();
    };
  }, [client, key, epoch]);
  return byId;
}
