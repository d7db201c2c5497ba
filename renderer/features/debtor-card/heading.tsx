import { FlaskConical, Scale, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { languageLabel, regionLabel } from '../../app/format/names.ts';
import { useServices } from '../../app/services.ts';
import { Badge, LocalTime } from '../../components/index.ts';
import { Flags } from './flags.tsx';
import styles from './heading.module.css';
import { NationalId } from './national-id.tsx';
import { RegisterNumber } from './register-number.tsx';

/** Who it is: everything an agent must know before the first word. */
export const Heading = memo(function Heading({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const broken =
    card.promises.some((promise) => promise.status === 'broken') ||
    card.plans.some((plan) => plan.status === 'broken');
  const limitation = card.debts.some(
    (debt) => debt.status === 'open' && debt.limitation.state === 'passed',
  );
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
        {limitation ? (
          <Badge tone="stop">
            <Scale size={12} aria-hidden="true" />
            {t('card.limitation-passed')}
          </Badge>
        ) : null}
        <Flags card={card} />
      </div>
      <Facts card={card} />
    </header>
  );
});

function Facts({ card }: { card: DebtorCard }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const year = new Date(clock.now()).getFullYear();
  const zone = card.timeZones[0];
  const place = [
    card.street ?? card.address,
    [card.postalCode, card.city].filter(Boolean).join(' '),
    card.country ? regionLabel(card.country, i18n.language) : null,
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <div className={styles.facts}>
      {card.kind === 'company' ? <span>{t('card.company')}</span> : null}
      {card.birthYear ? (
        <span>{t('card.age', { count: year - card.birthYear, year: card.birthYear })}</span>
      ) : null}
      {zone ? (
        <span>
          {t('card.local-time')} <LocalTime timeZone={zone} />
          {card.timeZones.length > 1
            ? ` ${t('card.more-zones', { count: card.timeZones.length - 1 })}`
            : ''}
        </span>
      ) : null}
      <span>{languageLabel(card.language, i18n.language)}</span>
      {place ? <span>{place}</span> : null}
      {card.nationalIdMasked ? <NationalId card={card} /> : null}
      {card.taxId ? <RegisterNumber number={card.taxId} /> : null}
      {card.companyNumber ? <RegisterNumber number={card.companyNumber} /> : null}
    </div>
  );
}
