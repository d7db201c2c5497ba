import { Send } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { OutboxPage } from './outbox-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/outbox',
    titleKey: 'outbox.title',
    roles: ['lead', 'admin'],
    navigation: { icon: Send, order: 46 },
    component: OutboxPage,
  },
];
