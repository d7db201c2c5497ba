import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Principal } from '#shared/contract/index.ts';
import { classNames } from '../../components/class-names.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import { type PageDefinition, pagesFor } from '../pages.ts';
import { toHash } from '../router.ts';
import { usePreference } from '../services.ts';
import styles from './navigation.module.css';

/** The pages of this person's role. Narrow by default: the screen belongs to the work. */
export function Navigation({
  principal,
  current,
}: {
  principal: Principal;
  current: PageDefinition | null;
}) {
  const { t } = useTranslation();
  const [expanded, setExpanded] = usePreference('navigationExpanded', false);
  const pages = pagesFor(principal.role).filter((page) => page.navigation);
  return (
    <nav
      className={classNames(styles.nav, expanded && styles.expanded)}
      aria-label={t('nav.label')}
    >
      <ul className={styles.list}>
        {pages.map((page) => (
          <li key={page.path}>
            <Item
              page={page}
              current={current !== null && isWithin(current.path, page.path)}
              expanded={expanded}
            />
          </li>
        ))}
      </ul>
      <IconButton
        className={styles.toggle}
        label={expanded ? t('nav.collapse') : t('nav.expand')}
        icon={
          expanded ? (
            <PanelLeftClose size={16} aria-hidden="true" />
          ) : (
            <PanelLeftOpen size={16} aria-hidden="true" />
          )
        }
        onClick={() => setExpanded(!expanded)}
      />
    </nav>
  );
}

function Item({
  page,
  current,
  expanded,
}: {
  page: PageDefinition;
  current: boolean;
  expanded: boolean;
}) {
  const { t } = useTranslation();
  const count = page.navigation?.useCount?.() ?? 0;
  const Icon = page.navigation?.icon;
  const title = t(page.titleKey);
  const link = (
    <a className={styles.item} href={toHash(page.path)} aria-current={current ? 'page' : undefined}>
      {Icon ? <Icon size={18} aria-hidden="true" /> : null}
      <span className={expanded ? styles.title : 'visually-hidden'}>{title}</span>
      {count > 0 ? <span className={styles.count}>{count > 99 ? '99+' : count}</span> : null}
    </a>
  );
  return expanded ? (
    link
  ) : (
    <Tooltip text={title} side="right">
      {link}
    </Tooltip>
  );
}

/** A page below another (`/rules/own` below `/rules`) belongs to its entry. */
function isWithin(path: string, entry: string): boolean {
  return path === entry || path.startsWith(`${entry}/`);
}
