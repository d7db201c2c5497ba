import type { Campaign, Principal } from '#shared/contract/index.ts';

type Known = Pick<Campaign, 'campaignId' | 'name' | 'status'>;

/** What the status bar says of campaigns. `others`: some run, and their calls do not come to this person. */
export interface StatusCampaigns<Some extends Known> {
  kind: 'own' | 'others' | 'none';
  running: readonly Some[];
}

/**
 * Own ones first. Who leads sees what runs without them by name; an agent hears that none of theirs does.
 * @param ownIds campaigns whose calls come to this person, in their order
 */
export function statusCampaigns<Some extends Known>(
  all: readonly Some[],
  ownIds: readonly string[],
  role: Principal['role'],
): StatusCampaigns<Some> {
  const running = all.filter(({ status }) => status === 'running');
  const own = ownIds.flatMap((id) => running.filter(({ campaignId }) => campaignId === id));
  if (own.length > 0) return { kind: 'own', running: own };
  if (running.length === 0) return { kind: 'none', running };
  return { kind: 'others', running: role === 'agent' ? [] : running };
}
