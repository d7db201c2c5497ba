import { Mail } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { LettersPage } from './letters-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/letters',
    titleKey: 'letters.title',
    roles: ['lead', 'admin'],
    navigation: { icon: Mail, order: 64 },
    component: LettersPage,
  },
];
