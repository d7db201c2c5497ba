import { PhoneOutgoing } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { NumbersPage } from './numbers-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/numbers',
    titleKey: 'numbers.title',
    roles: ['lead', 'admin'],
    navigation: { icon: PhoneOutgoing, order: 42 },
    component: NumbersPage,
  },
];
