import { RadioTower } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { GatewaysPage } from './gateways-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/gateways',
    titleKey: 'gateways.title',
    roles: ['lead', 'admin'],
    navigation: { icon: RadioTower, order: 67 },
    component: GatewaysPage,
  },
];
