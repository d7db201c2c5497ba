import { useTranslation } from 'react-i18next';
import type { CampaignCounters } from '#shared/contract/index.ts';
import styles from './list-progress.module.css';

/** The contact list as one bar of its parts; every part is also a line of words and numbers. */
export function ListProgress({ counters }: { counters: CampaignCounters }) {
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
    </div>
  );
}
