import { Settings } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { SettingsPage } from './settings-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/settings',
    titleKey: 'settings.title',
    roles: ['agent', 'lead', 'admin'],
    navigation: { icon: Settings, order: 90 },
    component: SettingsPage,
  },
];
