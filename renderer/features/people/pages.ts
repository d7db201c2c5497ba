import { Users } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { PeoplePage } from './people-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/people',
    titleKey: 'people.title',
    roles: ['lead', 'admin'],
    navigation: { icon: Users, order: 80 },
    component: PeoplePage,
  },
];
