import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../announcer.ts';
import { formatDuration, formatTime } from '../format/index.ts';
import { useConnection } from '../services.ts';
import { useNow } from '../use-now.ts';
import styles from './banner.module.css';

/** The engine cannot be reached: since when, and that nothing has to be clicked. */
export function ConnectionBanner() {
  const { t, i18n } = useTranslation();
  const state = useConnection((view) => view.state);
  const now = useNow();
  const lost = state.kind === 'lost';

  useEffect(() => {
    if (lost) announce(t('connection.lost'), 'assertive');
  }, [lost, t]);

  if (!lost) return null;
  return (
    <aside className={styles.banner} data-tone="stop" aria-label={t('connection.lost')}>
      <CloudOff size={16} aria-hidden="true" />
      {t('connection.lost')}
      <span className={styles.text}>
        {t('connection.since', {
          time: formatTime(state.since, i18n.language),
          duration: formatDuration(now - state.since),
        })}{' '}
        {t('connection.retrying')}
      </span>
    </aside>
  );
}
