import { CalendarClock } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { CallbacksPage } from './callbacks-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/callbacks',
    titleKey: 'callbacks.title',
    roles: ['agent', 'lead', 'admin'],
    navigation: { icon: CalendarClock, order: 14 },
    component: CallbacksPage,
  },
];
