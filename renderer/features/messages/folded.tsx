import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './folded.module.css';

/** At the inbox most answers are own words: templates make room for them until one is wanted. */
export function Folded({
  fold,
  open,
  count,
  children,
}: {
  fold: boolean;
  open: boolean;
  count: number;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  if (!fold) return children;
  return (
    <details open={open} className={styles.folded}>
      <summary>
        {t('message.templates')} ({count})
      </summary>
      {children}
    </details>
  );
}
