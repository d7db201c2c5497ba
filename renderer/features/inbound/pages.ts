import { PhoneMissed } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { useCall } from '../../app/services.ts';
import { MissedPage } from './missed-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/missed',
    titleKey: 'nav.missed',
    roles: ['agent', 'lead', 'admin'],
    navigation: {
      icon: PhoneMissed,
      order: 20,
      useCount: () => useCall((view) => view.missed.length),
    },
    component: MissedPage,
  },
];
