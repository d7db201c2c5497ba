import { GraduationCap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Principal } from '#shared/contract/index.ts';
import { toHash } from '../router.ts';
import styles from './banner.module.css';

/** Says on every page that nothing here is real, and how to make it so. */
export function PracticeRibbon({ principal }: { principal: Principal }) {
  const { t } = useTranslation();
  return (
    <aside className={styles.banner} data-tone="accent" aria-label={t('practice.title')}>
      <GraduationCap size={16} aria-hidden="true" />
      {t('practice.title')}
      <span className={styles.text}>{t('practice.text')}</span>
      {principal.role === 'admin' ? (
        <a
          className={`${styles.link} ${styles.end}`}
          href={toHash('/settings', { section: 'trunks' })}
        >
          {t('practice.connect-trunk')}
        </a>
      ) : null}
    </aside>
  );
}
