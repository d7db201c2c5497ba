import { Headset } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { Workspace } from './workspace.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/workspace',
    titleKey: 'nav.workspace',
    roles: ['agent', 'lead', 'admin'],
    navigation: { icon: Headset, order: 10 },
    component: Workspace,
  },
];
