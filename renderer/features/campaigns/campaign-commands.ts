import type { CampaignStatus } from '#shared/contract/index.ts';

export type CampaignVerb = 'start' | 'resume' | 'pause' | 'stop';

/**
 * What can be done with a campaign in each state, the likely step first. The engine's own table
 * (`dialer/campaigns/campaign-machine`) decides; what it would refuse is not offered.
 */
const verbs: Record<CampaignStatus, readonly CampaignVerb[]> = {
  draft: ['start'],
  running: ['pause', 'stop'],
  paused: ['resume', 'stop'],
  stopped: ['start'],
  finished: ['start'],
};

export function verbsOf(status: CampaignStatus): readonly CampaignVerb[] {
  return verbs[status];
}
