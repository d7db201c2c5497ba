import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewOffer } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { usePreference } from '../../app/services.ts';
import { ErrorState, Kbd, Skeleton } from '../../components/index.ts';
import { DebtorCardView, History, useDebtorCard } from '../debtor-card/index.ts';
import { WorkArea, WorkBar, WorkColumn } from '../work/index.ts';
import bar from './action-bar.module.css';
import { OfferPanel } from './offer-panel.tsx';
import styles from './workspace.module.css';

/** Before a call: the debtor whom a campaign proposes, with the whole card, while the agent decides. */
export function OfferWorkspace({ offer }: { offer: PreviewOffer }) {
  const { t } = useTranslation();
  const { card, error, reload } = useDebtorCard(offer.debtorId);
  const { displayName, entryId } = offer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each offer, not for each of its changes
  useEffect(() => {
    announce(t(`offer.announce-${offer.kind}`, { name: displayName }));
  }, [entryId]);
  return (
    <WorkArea card={card} draftKey={offer.debtorId}>
      <div className={styles.workspace}>
        <div className={styles.left}>
          <OfferPanel offer={offer} />
        </div>
        <div className={styles.middle}>
          {card ? (
            <DebtorCardView card={card} obligations={null} />
          ) : (
            <>
              <h1 className="visually-hidden">{displayName}</h1>
              {error === null ? (
                <Skeleton lines={9} />
              ) : (
                <ErrorState text={errorText(error, t)} onRetry={reload} />
              )}
            </>
          )}
        </div>
        {card ? (
          <WorkColumn className={styles.right}>
            <History card={card} />
          </WorkColumn>
        ) : (
          <div className={styles.emptyRight} />
        )}
        <OfferBar offer={offer} />
      </div>
    </WorkArea>
  );
}

/** What can be done on the debtor, and the keys of the offer. */
function OfferBar({ offer }: { offer: PreviewOffer }) {
  const { t } = useTranslation();
  const [singleKeys] = usePreference('singleKeys', true);
  const keys: [string, string][] = [
    ['D', t('offer.dial')],
    ...(offer.dialsAt === null ? [] : [['H', t('offer.hold')] as [string, string]]),
    ['X', t('offer.skip')],
  ];
  return (
    <aside className={bar.bar} aria-label={t('shortcuts.now')}>
      <WorkBar />
      {singleKeys
        ? keys.map(([binding, label]) => (
            <span key={binding} className={bar.key}>
              <Kbd binding={binding} />
              {label}
            </span>
          ))
        : null}
    </aside>
  );
}
