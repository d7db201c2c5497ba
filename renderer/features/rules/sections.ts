import type { Role } from '#shared/domain/index.ts';

/** The parts of the rules, in the order of their links; each has an address of its own. */
export const sections = [
  { id: 'packs', path: '/rules', titleKey: 'rule-pages.packs', leadsOnly: false },
  { id: 'own', path: '/rules/own', titleKey: 'rule-pages.own', leadsOnly: true },
  {
    id: 'exceptions',
    path: '/rules/exceptions',
    titleKey: 'rule-pages.exceptions',
    leadsOnly: true,
  },
  { id: 'decisions', path: '/rules/decisions', titleKey: 'rule-pages.decisions', leadsOnly: true },
  { id: 'check', path: '/rules/check', titleKey: 'rule-pages.check', leadsOnly: false },
  { id: 'keeping', path: '/rules/keeping', titleKey: 'rule-pages.keeping', leadsOnly: true },
  { id: 'settings', path: '/rules/settings', titleKey: 'rule-pages.settings', leadsOnly: true },
] as const;
export type SectionId = (typeof sections)[number]['id'];

export function sectionsFor(role: Role): (typeof sections)[number][] {
  return sections.filter((section) => role !== 'agent' || !section.leadsOnly);
}
