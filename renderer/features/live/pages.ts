import { Activity } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { LivePage } from './live-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/live',
    titleKey: 'live.title',
    roles: ['lead', 'admin'],
    navigation: { icon: Activity, order: 50 },
    component: LivePage,
  },
];
