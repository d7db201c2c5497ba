import { useTranslation } from 'react-i18next';
import type { DebtorId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { errorText } from '../../app/errors.ts';
import { EmptyState, ErrorState, Skeleton } from '../../components/index.ts';
import { WorkArea, WorkBar, WorkColumn } from '../work/index.ts';
import { DebtorCardView, type Obligation } from './debtor-card-view.tsx';
import styles from './debtor-page.module.css';
import { History } from './history.tsx';
import { useDebtorCard } from './use-debtor-card.ts';

const nothingToSay: readonly Obligation[] = [];

/** A debtor opened by a link or the search, outside a call. */
export function DebtorPage({ parameters }: { parameters: Record<string, string> }) {
  const debtorId = (parameters.debtorId ?? '') as DebtorId;
  // another debtor is another page: nothing of the one before stays on it
  return <DebtorPageOf key={debtorId} debtorId={debtorId} />;
}

function DebtorPageOf({ debtorId }: { debtorId: DebtorId }) {
  const { t } = useTranslation();
  const { card, error, reload } = useDebtorCard(debtorId);
  if (card === null) {
    if (error instanceof AppError && error.code === 'contract.not-found') {
      return <EmptyState heading title={t('card.gone')} text={t('card.gone-text')} />;
    }
    if (error) {
      return (
        <>
          <h1 className="visually-hidden">{t('nav.debtor')}</h1>
          <ErrorState text={errorText(error, t)} onRetry={reload} />
        </>
      );
    }
    return <Loading />;
  }
  return (
    <WorkArea card={card} draftKey={card.debtorId}>
      <div className={styles.page}>
        <div className={styles.card}>
          <DebtorCardView card={card} obligations={nothingToSay} />
        </div>
        <div className={styles.bar}>
          <WorkBar />
        </div>
        <WorkColumn className={styles.column}>
          <History card={card} />
        </WorkColumn>
      </div>
    </WorkArea>
  );
}

/** The page in its size, before anything of it is known. */
function Loading() {
  const { t } = useTranslation();
  return (
    <div className={styles.page} aria-busy="true">
      <h1 className="visually-hidden">{t('nav.debtor')}</h1>
      <div className={styles.card}>
        <Skeleton lines={9} />
      </div>
      <div className={styles.waiting}>
        <Skeleton lines={6} />
      </div>
    </div>
  );
}
