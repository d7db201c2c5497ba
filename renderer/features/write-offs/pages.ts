import { Scissors } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { WriteOffsPage } from './write-offs-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/write-offs',
    titleKey: 'write-offs.title',
    roles: ['lead', 'admin'],
    navigation: { icon: Scissors, order: 36 },
    component: WriteOffsPage,
  },
];
