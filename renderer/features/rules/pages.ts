import { Scale } from 'lucide-react';
import type { PageDefinition } from '../../app/pages.ts';
import { CheckPage } from './check-page.tsx';
import { DecisionPage } from './decision-page.tsx';
import { DecisionsPage } from './decisions-page.tsx';
import { ExceptionsPage } from './exceptions-page.tsx';
import { KeepingPage } from './keeping-page.tsx';
import { OwnPackPage } from './own-pack-page.tsx';
import { OwnPacksPage } from './own-packs-page.tsx';
import { PackPage } from './pack-page.tsx';
import { PacksPage } from './packs-page.tsx';
import { SettingsPage } from './settings-page.tsx';
import { useWaitingExceptions } from './use-waiting-exceptions.ts';

const everyone = ['agent', 'lead', 'admin'] as const;
const leads = ['lead', 'admin'] as const;

export const pages: readonly PageDefinition[] = [
  {
    path: '/rules',
    titleKey: 'rule-pages.title',
    roles: everyone,
    navigation: { icon: Scale, order: 44, useCount: useWaitingExceptions },
    component: PacksPage,
  },
  {
    path: '/rules/packs/:packId',
    titleKey: 'rule-pages.packs',
    roles: everyone,
    component: PackPage,
  },
  { path: '/rules/own', titleKey: 'rule-pages.own', roles: leads, component: OwnPacksPage },
  {
    path: '/rules/own/:ownPackId',
    titleKey: 'rule-pages.own',
    roles: leads,
    component: OwnPackPage,
  },
  {
    path: '/rules/exceptions',
    titleKey: 'rule-pages.exceptions',
    roles: leads,
    component: ExceptionsPage,
  },
  {
    path: '/rules/decisions',
    titleKey: 'rule-pages.decisions',
    roles: leads,
    component: DecisionsPage,
  },
  {
    path: '/rules/decisions/:decisionId',
    titleKey: 'rule-pages.decisions',
    roles: leads,
    component: DecisionPage,
  },
  { path: '/rules/check', titleKey: 'rule-pages.check', roles: everyone, component: CheckPage },
  { path: '/rules/keeping', titleKey: 'rule-pages.keeping', roles: leads, component: KeepingPage },
  {
    path: '/rules/settings',
    titleKey: 'rule-pages.settings',
    roles: leads,
    component: SettingsPage,
  },
];
