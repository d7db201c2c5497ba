import { PhoneCall } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../components/link-button.tsx';
import { formatDuration, formatPhone } from '../format/index.ts';
import { toHash, useRoute } from '../router.ts';
import { useCall } from '../services.ts';
import { useNow } from '../use-now.ts';
import styles from './call-strip.module.css';

/** On every page but the workspace: the call that goes on, or waits for its outcome, and the way back to it. */
export function CallStrip() {
  const { t } = useTranslation();
  const { path } = useRoute();
  const call = useCall((view) => view.current);
  const name = useCall((view) => view.card?.displayName ?? null);
  if (call === null || path === '/workspace' || path === '/') return null;
  const who = name ?? (call.number ? formatPhone(call.number) : t('call.unknown-caller'));
  const ended = call.state === 'ended';
  return (
    <section className={styles.strip} data-ended={ended} aria-label={t('call-strip.label')}>
      <PhoneCall size={16} aria-hidden="true" />
      <span className={styles.words}>
        {t(ended ? 'call-strip.ended' : 'call-strip.goes-on', { who })}
        {ended || call.joinedAt === null ? null : <Timer since={call.joinedAt} />}
      </span>
      <LinkButton href={toHash('/workspace')}>{t('call-strip.back')}</LinkButton>
    </section>
  );
}

function Timer({ since }: { since: number }) {
  const now = useNow();
  return (
    <span role="timer" className={styles.timer}>
      {formatDuration(now - since)}
    </span>
  );
}
