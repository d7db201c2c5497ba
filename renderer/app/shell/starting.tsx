import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../components/states.tsx';
import { useNow } from '../use-now.ts';
import styles from './starting.module.css';

const patienceMs = 4_000;

/** Before the first login; says something only when it takes longer than it should. */
export function Starting({ since, lost }: { since: number; lost: boolean }) {
  const { t } = useTranslation();
  const late = useNow() - since > patienceMs;
  return (
    <main className={styles.starting}>
      <h1 className="visually-hidden">Dialdesk</h1>
      <Skeleton lines={6} />
      {late || lost ? (
        <p role="status" className={styles.text}>
          {t('connection.starting-slow')}
        </p>
      ) : null}
    </main>
  );
}
