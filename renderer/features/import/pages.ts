import type { PageDefinition } from '../../app/pages.ts';
import { ImportPage } from './import-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/import',
    titleKey: 'import.title',
    roles: ['lead', 'admin'],
    component: ImportPage,
  },
];
