import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Role } from '#shared/domain/index.ts';
import { matchPath } from './router.ts';

/** One page of the window. Features export them from `features/<name>/pages.ts`. */
export interface PageDefinition {
  /** pattern of the address: `/people`, `/debtor/:debtorId` */
  path: string;
  /** translation key of its name, under `nav.` */
  titleKey: string;
  roles: readonly Role[];
  /** absent: reached by links only, not in the navigation */
  navigation?: {
    icon: LucideIcon;
    /** small numbers come first */
    order: number;
    /** a number that needs attention, e.g. missed calls; 0 shows nothing */
    useCount?: () => number;
  };
  component: ComponentType<{ parameters: Record<string, string> }>;
}

const modules = import.meta.glob<{ pages: readonly PageDefinition[] }>('../features/*/pages.ts', {
  eager: true,
});

/** Every page of every feature; a feature appears with its first `pages.ts`. */
export const allPages: readonly PageDefinition[] = Object.values(modules)
  .flatMap((module) => module.pages)
  .sort((a, b) => (a.navigation?.order ?? 0) - (b.navigation?.order ?? 0));

export function pagesFor(role: Role, pages = allPages): PageDefinition[] {
  return pages.filter((page) => page.roles.includes(role));
}

export interface FoundPage {
  page: PageDefinition;
  parameters: Record<string, string>;
}

/** The page of an address, if this role may see it; for `/` the first of its navigation. */
export function findPage(path: string, role: Role, pages = allPages): FoundPage | null {
  const allowed = pagesFor(role, pages);
  const start = allowed.find((page) => page.navigation);
  if (path === '/') return start ? { page: start, parameters: {} } : null;
  for (const page of allowed) {
    const parameters = matchPath(page.path, path);
    if (parameters) return { page, parameters };
  }
  return null;
}
