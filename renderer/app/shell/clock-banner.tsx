import { ClockAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Principal } from '#shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { formatDateTime } from '../format/index.ts';
import { useApp } from '../services.ts';
import { useCommand } from '../use-command.ts';
import { useNow } from '../use-now.ts';
import styles from './banner.module.css';

/** The wall clock is in doubt, so nobody may be contacted until a person has looked at it. */
export function ClockBanner({ principal }: { principal: Principal }) {
  const { t, i18n } = useTranslation();
  const suspect = useApp((view) => view.app?.clockSuspect ?? false);
  const { run, busy } = useCommand('app.confirm-clock');
  const now = useNow();
  if (!suspect) return null;
  const mayConfirm = principal.role === 'lead' || principal.role === 'admin';
  return (
    <div className={styles.banner} data-tone="stop" role="alert">
      <ClockAlert size={16} aria-hidden="true" />
      {t('clock.suspect')}
      <span className={styles.text}>{t(mayConfirm ? 'clock.confirm-text' : 'clock.ask-lead')}</span>
      {mayConfirm ? (
        <span className={styles.end}>
          <Button disabled={busy} onClick={() => void run({})}>
            {t('clock.confirm', { time: formatDateTime(now, i18n.language) })}
          </Button>
        </span>
      ) : null}
    </div>
  );
}
