import { useTranslation } from 'react-i18next';
import type { CampaignCounters } from '#shared/contract/index.ts';
import { toHash } from '../../app/router.ts';
import styles from './list-progress.module.css';

/** Where the conditions of a campaign's strategy are changed. */
export function strategyHref(campaignId: string): string {
  return toHash(`/campaigns/${campaignId}`, { tab: 'preparation', part: 'strategy' });
}

/** The contact list as one bar of its parts; every part is also a line of words and numbers. */
export function ListProgress({
  counters,
  strategyHref: href,
}: {
  counters: CampaignCounters;
  /** where the conditions of its strategy are changed; absent: of several campaigns */
  strategyHref?: string;
}) {
  const { t, i18n } = useTranslation();
  const number = (value: number): string => new Intl.NumberFormat(i18n.language).format(value);
  const parts = [
    { id: 'done', label: t('counter.done'), value: counters.done },
    { id: 'inProgress', label: t('counter.inProgress'), value: counters.inProgress },
    { id: 'waiting', label: t('counter.waiting'), value: counters.waiting },
    { id: 'skipped', label: t('counter.skipped'), value: counters.skipped },
    { id: 'pending', label: t('counter.pending'), value: counters.pending },
  ] as const;
  return (
    <div className={styles.list}>
      <p className={styles.total}>{t('counter.entries', { count: counters.entries })}</p>
      <div className={styles.bar} aria-hidden="true">
        {parts.map((part) => (
          <span key={part.id} data-part={part.id} style={{ flexGrow: part.value }} />
        ))}
      </div>
      <dl className={styles.parts}>
        {parts.map((part) => (
          <div key={part.id} className={styles.part}>
            <dt>
              <span className={styles.swatch} data-part={part.id} aria-hidden="true" />
              {part.label}
            </dt>
            <dd data-figure={part.id}>{number(part.value)}</dd>
          </div>
        ))}
      </dl>
      {counters.leftOut ? (
        <p className={styles.leftOut} data-figure="leftOut">
          {t('counter.left-out', { count: counters.leftOut })}{' '}
          {href ? <a href={href}>{t('counter.left-out-change')}</a> : null}
        </p>
      ) : null}
    </div>
  );
}
