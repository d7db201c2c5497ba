import { MessageSquareText } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { TemplatesPage } from './templates-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/templates',
    titleKey: 'templates.title',
    roles: ['lead', 'admin'],
    navigation: { icon: MessageSquareText, order: 65 },
    component: TemplatesPage,
  },
];
