import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Principal } from '#shared/contract/index.ts';
import { EmptyState } from '../../components/states.tsx';
import { InboxNews } from '../../features/inbox/index.ts';
import { CallAnnouncer } from '../../features/workspace/index.ts';
import { findPage } from '../pages.ts';
import { useRoute } from '../router.ts';
import { useApp, useCall, useServices } from '../services.ts';
import { CallStrip } from './call-strip.tsx';
import { ClockBanner } from './clock-banner.tsx';
import { CommandPalette } from './command-palette.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { IncomingBanner } from './incoming-banner.tsx';
import { LeaveQuestion } from './leave-question.tsx';
import { Navigation } from './navigation.tsx';
import { PracticeRibbon } from './practice-ribbon.tsx';
import styles from './shell.module.css';
import { ShortcutsSheet } from './shortcuts-sheet.tsx';
import { StatusBar } from './status-bar.tsx';

/** Everything around a page. */
export function Shell({ principal }: { principal: Principal }) {
  const { t } = useTranslation();
  const { path } = useRoute();
  const practice = useApp((view) => view.app?.storeKind === 'practice');
  const found = findPage(path, principal.role);
  const { shell } = useServices();
  const missed = useCall((view) => view.missed.length);
  const main = useRef<HTMLElement>(null);
  const firstPath = useRef(path);

  useEffect(() => {
    // after a change of page the keyboard continues in the new one
    if (path !== firstPath.current) main.current?.focus({ preventScroll: true });
    firstPath.current = path;
  }, [path]);
  useEffect(() => shell.setBadge?.(missed), [shell, missed]);
  const title = found ? t(found.page.titleKey) : t('nav.not-found');
  useEffect(() => {
    document.title = `${title} · Dialdesk`;
  }, [title]);

  return (
    <div className={styles.shell}>
      {/* biome-ignore lint/a11y/useValidAnchor: a skip link; the address after # is the page, so it moves the focus itself */}
      <a className={styles.skip} href="#main" onClick={(event) => focusMain(event, main.current)}>
        {t('nav.skip')}
      </a>
      <div className={styles.top}>
        <ConnectionBanner />
        <ClockBanner principal={principal} />
        {practice ? <PracticeRibbon principal={principal} /> : null}
        <StatusBar principal={principal} />
        <IncomingBanner />
        <CallStrip />
      </div>
      <Navigation principal={principal} current={found?.page ?? null} />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {found ? (
          <found.page.component key={found.page.path} parameters={found.parameters} />
        ) : (
          <EmptyState heading title={t('nav.not-found')} text={t('nav.not-found-text')} />
        )}
      </main>
      <CommandPalette principal={principal} />
      <ShortcutsSheet />
      <CallAnnouncer />
      <InboxNews />
      <LeaveQuestion />
    </div>
  );
}

/** The address after # is the page, so the link must not change it. */
function focusMain(event: React.MouseEvent, main: HTMLElement | null): void {
  event.preventDefault();
  main?.focus();
}
