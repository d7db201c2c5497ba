import { useTranslation } from 'react-i18next';
import type { DebtorId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { errorText } from '../../app/errors.ts';
import { toHash } from '../../app/router.ts';
import { EmptyState, ErrorState, Skeleton } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { WorkArea, WorkBar, WorkColumn } from '../work/index.ts';
import { DebtorCardView } from './debtor-card-view.tsx';
import styles from './debtor-page.module.css';
import { History } from './history.tsx';
import { useDebtorCard } from './use-debtor-card.ts';
import { useVeil } from './use-veil.ts';
import { shapeOf } from './veil.ts';
import { VeiledCardView } from './veiled-card-view.tsx';
import { VeiledHistory } from './veiled-history.tsx';

/** A debtor opened by a link or the search, outside a call. */
export function DebtorPage({ parameters }: { parameters: Record<string, string> }) {
  const debtorId = (parameters.debtorId ?? '') as DebtorId;
  // another debtor is another page: nothing of the one before stays on it
  return <DebtorPageOf key={debtorId} debtorId={debtorId} />;
}

function DebtorPageOf({ debtorId }: { debtorId: DebtorId }) {
  const { t } = useTranslation();
  const { card, error, reload } = useDebtorCard(debtorId);
  const { veil, shown } = useVeil(card);
  if (card === null || shown === null) {
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
    <WorkArea card={shown} draftKey={card.debtorId} veiled={veil !== 'open'}>
      <div className={styles.page}>
        <div className={styles.card}>
          {veil === 'open' ? (
            <DebtorCardView card={card} obligations={null} />
          ) : (
            // they are on the line now, and nobody knows yet whether it is they
            <VeiledCardView shown={shown} shape={shapeOf(card)} veil={veil} obligations={null}>
              <Notice
                tone="wait"
                title={t(`party.state-${veil}`)}
                action={<LinkButton href={toHash('/workspace')}>{t('call-strip.back')}</LinkButton>}
              >
                {t('party.hidden-here')}
              </Notice>
            </VeiledCardView>
          )}
        </div>
        <div className={styles.bar}>
          <WorkBar />
        </div>
        <WorkColumn className={styles.column}>
          {veil === 'open' ? <History card={card} /> : <VeiledHistory card={card} />}
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
