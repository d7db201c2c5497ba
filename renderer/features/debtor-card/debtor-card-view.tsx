import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard, ShownObligation } from '#shared/contract/index.ts';
import { Consents } from './consents.tsx';
import { ContactPoints } from './contact-points.tsx';
import styles from './debtor-card-view.module.css';
import { Debts } from './debts.tsx';
import { Documents } from './documents.tsx';
import { Heading } from './heading.tsx';
import { MergedFrom } from './merged.tsx';
import { MoneyStrip } from './money-strip.tsx';
import { Payments } from './payments.tsx';
import { Planned } from './planned.tsx';
import { Plans } from './plans.tsx';
import { Promises } from './promises.tsx';
import { Relations } from './relations.tsx';
import { Say } from './say.tsx';
import { Script } from './script.tsx';
import { Wishes } from './wishes.tsx';
import { WriteOffs } from './write-offs.tsx';

/**
 * Everything about one debtor on one page, in the order in which a conversation needs it. Complete from the first
 * paint: what it fetches later is only what somebody opens.
 */
export const DebtorCardView = memo(function DebtorCardView({
  card,
  obligations,
}: {
  card: DebtorCard;
  /** what this call owes; null outside a call */
  obligations: readonly ShownObligation[] | null;
}) {
  const { t } = useTranslation();
  return (
    <article className={styles.card} aria-labelledby="debtor-name">
      <Heading card={card} />
      {obligations === null ? null : (
        <Say obligations={obligations} language={card.language} veil="open" />
      )}
      <MoneyStrip card={card} />
      <Planned card={card} />
      <Script card={card} />
      <Debts key={card.debtorId} debts={card.debts} />
      <ContactPoints card={card} />
      <Wishes card={card} />
      <Promises card={card} />
      <Plans card={card} />
      <Payments card={card} />
      <WriteOffs card={card} />
      <div className={styles.pair}>
        <Relations card={card} />
        <Consents card={card} />
        <Documents card={card} />
        <MergedFrom card={card} />
      </div>
      <p className={styles.reference}>
        {t('card.reference', { reference: card.externalRef })}
        {card.portfolioName ? ` · ${card.portfolioName}` : ''}
      </p>
    </article>
  );
});
