import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.ts';
import { navigate, toHash } from '../../app/router.ts';
import { useConnection } from '../../app/services.ts';
import { classNames, Page } from '../../components/index.ts';
import { LinkTabs } from '../../components/link-tabs.tsx';
import styles from './rules-page.module.css';
import { type SectionId, sectionsFor } from './sections.ts';
import { useWaitingExceptions } from './use-waiting-exceptions.ts';

/** Frame of every page of the rules: the parts as links, and what the page itself shows below them. */
export function RulesPage({
  section,
  title,
  actions,
  fill = false,
  children,
}: {
  section: SectionId;
  /** of the thing that is open, when it is not the part itself */
  title?: string | undefined;
  actions?: ReactNode;
  /** the content takes the height that is left, and scrolls inside itself */
  fill?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const role = useConnection((view) => view.principal?.role ?? 'agent');
  const waiting = useWaitingExceptions();
  const shown = useMemo(() => sectionsFor(role), [role]);
  useCommands(
    useMemo(
      () =>
        shown.map(({ id, path, titleKey }) => ({
          id: `rules-${id}`,
          label: t('rule-pages.go-to', { name: t(titleKey) }),
          run: () => navigate(path),
        })),
      [shown, t],
    ),
  );
  return (
    <Page title={title ?? t('rule-pages.title')} actions={actions}>
      <div className={classNames(styles.frame, fill && styles.fill)}>
        <LinkTabs
          label={t('rule-pages.parts')}
          className={styles.sections}
          current={section}
          tabs={shown.map(({ id, path, titleKey }) => ({
            id,
            label: t(titleKey),
            href: toHash(path),
            ...(id === 'exceptions' && waiting > 0 ? { count: `${waiting}`, tone: 'wait' } : {}),
          }))}
        />
        <div className={styles.content}>{children}</div>
      </div>
    </Page>
  );
}
