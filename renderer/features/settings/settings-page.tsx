import { useTranslation } from 'react-i18next';
import type { Role } from '#shared/domain/index.ts';
import { toHash, useQuery } from '../../app/router.ts';
import { useConnection } from '../../app/services.ts';
import { Page } from '../../components/index.ts';
import { DispositionsSection } from '../dispositions/index.ts';
import { ScriptsSection } from '../scripts/index.ts';
import { OwnSettings } from './own-settings.tsx';
import { RulesInForce } from './rules-in-force.tsx';
import styles from './settings-page.module.css';
import { SoundSettings } from './sound-settings.tsx';
import { TrunkSettingsSection } from './trunk-settings-section.tsx';

interface Section {
  id: string;
  titleKey: string;
  roles: readonly Role[];
  content: () => React.ReactNode;
}

const sections: readonly Section[] = [
  {
    id: 'own',
    titleKey: 'settings.own',
    roles: ['agent', 'lead', 'admin'],
    content: () => <OwnSettings />,
  },
  {
    id: 'sound',
    titleKey: 'sound.title',
    roles: ['agent', 'lead', 'admin'],
    content: () => <SoundSettings />,
  },
  {
    id: 'trunks',
    titleKey: 'settings.trunks',
    roles: ['lead', 'admin'],
    content: () => <TrunkSettingsSection />,
  },
  {
    id: 'dispositions',
    titleKey: 'outcomes.title',
    roles: ['lead', 'admin'],
    content: () => <DispositionsSection />,
  },
  {
    id: 'scripts',
    titleKey: 'scripts.title',
    roles: ['lead', 'admin'],
    content: () => <ScriptsSection />,
  },
  {
    id: 'rules',
    titleKey: 'settings.rules',
    roles: ['agent', 'lead', 'admin'],
    content: () => <RulesInForce />,
  },
];

/** What is set once: for oneself, and, for those who may, for everybody. */
export function SettingsPage() {
  const { t } = useTranslation();
  const role = useConnection((view) => view.principal?.role ?? 'agent');
  const [wanted] = useQuery('section', 'own');
  const allowed = sections.filter((section) => section.roles.includes(role));
  const current = allowed.find((section) => section.id === wanted) ?? allowed[0];
  return (
    <Page title={t('settings.title')}>
      <div className={styles.columns}>
        <nav aria-label={t('settings.title')}>
          <ul className={styles.sections}>
            {allowed.map((section) => (
              <li key={section.id}>
                <a
                  className={styles.section}
                  href={toHash('/settings', { section: section.id })}
                  aria-current={section === current ? 'page' : undefined}
                >
                  {t(section.titleKey)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.content}>{current?.content()}</div>
      </div>
    </Page>
  );
}
