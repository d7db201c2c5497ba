import { Landmark } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { BankPage } from './bank-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/bank',
    titleKey: 'bank.title',
    roles: ['lead', 'admin'],
    navigation: { icon: Landmark, order: 34 },
    component: BankPage,
  },
];
