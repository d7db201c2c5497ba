import { FolderOpen } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { PortfolioPage } from './portfolio-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/portfolio',
    titleKey: 'portfolio.title',
    roles: ['agent', 'lead', 'admin'],
    navigation: { icon: FolderOpen, order: 30 },
    component: PortfolioPage,
  },
];
