import { useTranslation } from 'react-i18next';
import type { Debt, DebtorCard } from '#shared/contract/index.ts';
import { DateOnly, Money, StatusDot, type Tone } from '../../components/index.ts';
import styles from './promises.module.css';
import { Section } from './section.tsx';

type Promised = DebtorCard['promises'][number];

const tones: Record<Promised['status'], Tone> = {
  open: 'wait',
  kept: 'talk',
  broken: 'stop',
  withdrawn: 'neutral',
};

export function Promises({
  promises,
  debts,
}: {
  promises: readonly Promised[];
  debts: readonly Debt[];
}) {
  const { t } = useTranslation();
  if (promises.length === 0) return null;
  return (
    <Section title={t('card.promises')}>
      <ul className={styles.list}>
        {promises.map((promise) => (
          <li key={promise.promiseToPayId} className={styles.promise}>
            <StatusDot tone={tones[promise.status]} label={t(`promise.status-${promise.status}`)} />
            <span className={styles.amount}>
              <Money amounts={promise} />
            </span>
            <span>
              {t('promise.by')} <DateOnly date={promise.dueOn} />
            </span>
            <span className={styles.debt}>
              {debts.find((debt) => debt.debtId === promise.debtId)?.creditorName}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
