import type { Handlers } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import { listAttempts } from './campaign-queries.ts';
import { campaignWrites } from './campaign-writes.ts';
import type { Campaigns } from './campaigns.ts';

/** Commands of `campaign.*`. */
export function createCampaignHandlers(store: Store, campaigns: Campaigns): Handlers {
  return {
    'campaign.list': () => ({ campaigns: campaigns.list() }),
    'campaign.get': (input) => campaigns.get(input.campaignId),
    'campaign.create': async (input, context) => {
      const { campaignId } = await store.write(
        campaignWrites,
        'campaign.create',
        {
          name: input.name,
          portfolioId: input.portfolioId,
          trunkId: input.trunkId ?? null,
          callerIdId: input.callerIdId ?? null,
          settings: input.settings ?? {},
          personIds: input.personIds ?? null,
        },
        context.commandId === null ? {} : { commandId: context.commandId },
      );
      await fillList(store, campaignId);
      // announced: other windows list it too
      campaigns.refresh(campaignId);
      return campaigns.get(campaignId);
    },
    'campaign.update': async (input) => {
      await store.write(campaignWrites, 'campaign.update', input);
      campaigns.refresh(input.campaignId);
      return campaigns.get(input.campaignId);
    },
    'campaign.start': async (input) => {
      // Again, because a crash may have cut the first filling short and the portfolio may have grown.
      await fillList(store, input.campaignId);
      return campaigns.command(input.campaignId, 'start');
    },
    'campaign.pause': (input) => campaigns.command(input.campaignId, 'pause'),
    'campaign.resume': (input) => campaigns.command(input.campaignId, 'resume'),
    'campaign.stop': (input) => campaigns.command(input.campaignId, 'stop'),
    'campaign.list-attempts': (input) => ({
      attempts: listAttempts(store.read, input.campaignId, input.limit),
    }),
  };
}

/** In chunks behind calls and commands in the writer's queue: a long list does not delay a call. */
async function fillList(store: Store, campaignId: string): Promise<void> {
  let afterDebtorId = '';
  for (;;) {
    const chunk = await store.write(
      campaignWrites,
      'campaign.fill-list',
      { campaignId, afterDebtorId },
      { priority: 'import' },
    );
    if (!chunk.more) return;
    afterDebtorId = chunk.lastDebtorId;
  }
}
