import { Megaphone } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { CampaignPage } from './campaign-page.tsx';
import { CampaignsPage } from './campaigns-page.tsx';
import { NewCampaignPage } from './new-campaign-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/campaigns',
    titleKey: 'campaign.title',
    roles: ['lead', 'admin'],
    navigation: { icon: Megaphone, order: 40 },
    component: CampaignsPage,
  },
  {
    path: '/campaigns/new',
    titleKey: 'campaign.new',
    roles: ['lead', 'admin'],
    component: NewCampaignPage,
  },
  {
    path: '/campaigns/:campaignId',
    titleKey: 'campaign.one',
    roles: ['lead', 'admin'],
    component: CampaignPage,
  },
];
