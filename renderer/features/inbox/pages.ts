import { Inbox } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { InboxPage } from './inbox-page.tsx';
import { useInboxCount } from './use-inbox-count.ts';

export const pages: readonly PageDefinition[] = [
  {
    path: '/inbox',
    titleKey: 'inbox.title',
    roles: ['agent', 'lead', 'admin'],
    navigation: { icon: Inbox, order: 15, useCount: useInboxCount },
    component: InboxPage,
  },
];
