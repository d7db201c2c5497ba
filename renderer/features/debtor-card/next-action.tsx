import { CalendarClock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { formatRelative } from '../../app/format/index.ts';
import { useNow } from '../../app/use-now.ts';
import { DateTime } from '../../components/index.ts';
import styles from './next-action.module.css';

/** What is planned for this debtor, and when. */
export function NextAction({ card }: { card: DebtorCard }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { nextAction } = card;
  if (nextAction === null || nextAction.kind === 'none') return null;
  return (
    <p className={styles.next}>
      <CalendarClock size={16} aria-hidden="true" />
      <strong>{t('card.next')}</strong>
      <span>{t(`next-action.${nextAction.kind}`)}</span>
      {nextAction.at === null ? null : (
        <span>
          <DateTime at={nextAction.at} />{' '}
          <span className={styles.faint}>
            ({formatRelative(nextAction.at, now, i18n.language)})
          </span>
        </span>
      )}
    </p>
  );
}
