import { CalendarClock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { formatMoney, formatRelative } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { DateOnly, DateTime } from '../../components/index.ts';
import styles from './planned.module.css';

const shown = 3;

/** What is planned for this debtor, the next first. */
export function Planned({ card }: { card: DebtorCard }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  if (card.planned.length === 0) return null;
  return (
    <section className={styles.planned} aria-label={t('card.next')}>
      <CalendarClock size={16} aria-hidden="true" />
      <strong>{t('card.next')}</strong>
      <ol className={styles.list}>
        {card.planned.slice(0, shown).map((action, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: plans of one kind and time are equal
          <li key={index}>
            {t(`next-action.${action.kind}`)}{' '}
            {action.amountMinor !== null && action.currency !== null ? (
              <strong>
                {formatMoney(
                  { amountMinor: action.amountMinor, currency: action.currency },
                  i18n.language,
                )}{' '}
              </strong>
            ) : null}
            {action.at !== null ? (
              <>
                <DateTime at={action.at} />{' '}
                <span className={styles.faint}>
                  ({formatRelative(action.at, clock.now(), i18n.language)})
                </span>
              </>
            ) : action.on !== null ? (
              <DateOnly date={action.on} />
            ) : null}
            {action.name ? <span className={styles.faint}> {action.name}</span> : null}
          </li>
        ))}
        {card.planned.length > shown ? (
          <li className={styles.faint}>
            {t('card.and-more', { count: card.planned.length - shown })}
          </li>
        ) : null}
      </ol>
    </section>
  );
}
