import type { PageDefinition } from '../../app/pages.ts';
import { DebtorPage } from './debtor-page.tsx';

export const pages: readonly PageDefinition[] = [
  {
    path: '/debtor/:debtorId',
    titleKey: 'nav.debtor',
    roles: ['agent', 'lead', 'admin'],
    component: DebtorPage,
  },
];
