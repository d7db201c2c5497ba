import { FlaskConical, MessageSquareQuote, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { languageLabel, regionLabel } from '../../app/format/names.ts';
import { Badge, LocalTime, Money } from '../../components/index.ts';
import { ContactPoints } from './contact-points.tsx';
import styles from './debtor-card-view.module.css';
import { Debts } from './debts.tsx';
import { NextAction } from './next-action.tsx';
import { Promises } from './promises.tsx';

/** What must be said in this call, in the order in which it is said. */
export type Obligation = 'identifyCaller' | 'announceRecording';

/** Everything about one debtor on one page. Complete from the first paint: it fetches nothing. */
export function DebtorCardView({
  card,
  obligations,
}: {
  card: DebtorCard;
  obligations: readonly Obligation[];
}) {
  const { t } = useTranslation();
  return (
    <article className={styles.card} aria-labelledby="debtor-name">
      <Heading card={card} />
      <Totals card={card} />
      {obligations.length > 0 ? <Say obligations={obligations} /> : null}
      <NextAction card={card} />
      <Debts debts={card.debts} />
      <ContactPoints card={card} />
      <Promises promises={card.promises} debts={card.debts} />
      <p className={styles.reference}>
        {t('card.reference', { reference: card.externalRef })}
        {card.portfolioName ? ` · ${card.portfolioName}` : ''}
      </p>
    </article>
  );
}

function Heading({ card }: { card: DebtorCard }) {
  const { t, i18n } = useTranslation();
  const zone = card.timeZones[0];
  const place = [card.city, card.country ? regionLabel(card.country, i18n.language) : null]
    .filter(Boolean)
    .join(', ');
  const broken = card.promises.some((promise) => promise.status === 'broken');
  return (
    <header className={styles.heading}>
      <div className={styles.nameRow}>
        <h1 id="debtor-name" className={styles.name}>
          {card.displayName}
        </h1>
        {card.synthetic ? (
          <Badge tone="accent">
            <FlaskConical size={12} aria-hidden="true" />
            {t('card.made-up')}
          </Badge>
        ) : null}
        {broken ? (
          <Badge tone="stop">
            <TriangleAlert size={12} aria-hidden="true" />
            {t('card.promise-broken')}
          </Badge>
        ) : null}
        {card.flags.map((flag) => (
          <Badge key={flag} tone="wait">
            <TriangleAlert size={12} aria-hidden="true" />
            {t(`flag.${flag}`, { defaultValue: flag })}
          </Badge>
        ))}
      </div>
      <p className={styles.facts}>
        {card.kind === 'company' ? <span>{t('card.company')}</span> : null}
        {card.birthYear ? <span>{t('card.born', { year: card.birthYear })}</span> : null}
        {place ? <span>{place}</span> : null}
        {zone ? (
          <span>
            {t('card.local-time')} <LocalTime timeZone={zone} />
            {card.timeZones.length > 1
              ? ` ${t('card.more-zones', { count: card.timeZones.length - 1 })}`
              : ''}
          </span>
        ) : null}
        <span>{languageLabel(card.language, i18n.language)}</span>
        {card.nationalIdMasked ? <span>{card.nationalIdMasked}</span> : null}
      </p>
    </header>
  );
}

function Totals({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const open = card.debts.filter((debt) => debt.status === 'open').length;
  return (
    <dl className={styles.totals}>
      <div>
        <dt>{t('card.to-pay')}</dt>
        <dd className={styles.total}>
          {card.totals.length > 0 ? <Money amounts={card.totals} /> : t('card.nothing-due')}
        </dd>
      </div>
      <div>
        <dt>{t('card.debts')}</dt>
        <dd>{t('card.debt-count', { count: open })}</dd>
      </div>
      {card.oldestDaysPastDue === null ? null : (
        <div>
          <dt>{t('card.oldest')}</dt>
          <dd>{t('card.days-past-due', { count: card.oldestDaysPastDue })}</dd>
        </div>
      )}
    </dl>
  );
}

function Say({ obligations }: { obligations: readonly Obligation[] }) {
  const { t } = useTranslation();
  return (
    <section className={styles.say} aria-label={t('card.say')}>
      <MessageSquareQuote size={16} aria-hidden="true" />
      <strong>{t('card.say')}</strong>
      <ol className={styles.sayList}>
        {obligations.map((obligation) => (
          <li key={obligation}>{t(`obligation.${obligation}`)}</li>
        ))}
      </ol>
    </section>
  );
}
