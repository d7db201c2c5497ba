import { describe, expect, it } from 'vitest';
import type { CampaignId } from '#shared/domain/index.ts';
import { statusCampaigns } from './status-campaigns.ts';

const campaign = (id: string, status: 'running' | 'paused') => ({
  campaignId: id as CampaignId,
  name: id,
  status,
});
const all = [campaign('a', 'running'), campaign('b', 'paused'), campaign('c', 'running')];

describe('campaigns in the status bar', () => {
  it('are those whose calls come to this person, in their order', () => {
    const shown = statusCampaigns(all, ['c', 'b', 'a'], 'agent');
    expect(shown).toEqual({ kind: 'own', running: [all[2], all[0]] });
  });

  it('a lead who takes no calls sees what runs', () => {
    expect(statusCampaigns(all, [], 'lead')).toEqual({ kind: 'others', running: [all[0], all[2]] });
    expect(statusCampaigns(all, ['b'], 'admin').kind).toBe('others');
  });

  it('an agent in none of those that run is not told that nothing runs', () => {
    expect(statusCampaigns(all, ['b'], 'agent')).toEqual({ kind: 'others', running: [] });
  });

  it('nothing runs', () => {
    expect(statusCampaigns([campaign('b', 'paused')], ['b'], 'lead').kind).toBe('none');
  });
});
