// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
// biome-ignore-all lint/a11y/useSemanticElements: the region is the scrolling box, not a section of the text
import { useTranslation } from 'react-i18next';
import type { Debt } from '#shared/contract/index.ts';
import { formatMoney } from '../../app/format/index.ts';
import { Badge, DateOnly } from '../../components/index.ts';
import styles from './debts.module.css';
import { Section } from './section.tsx';

const amounts = [
  'principalMinor',
  'interestMinor',
  'feesMinor',
  'paidMinor',
  'balanceMinor',
] as const;
const headings: Record<(typeof amounts)[number], string> = {
  principalMinor: 'debt.principal',
  interestMinor: 'debt.interest',
  feesMinor: 'debt.fees',
  paidMinor: 'debt.paid',
  balanceMinor: 'debt.balance',
};

/** Each debt with what it is made of. A real table: read by row and column. */
export function Debts({ debts }: { debts: readonly Debt[] }) {
  const { t } = useTranslation();
  if (debts.length === 0) return null;
  return (
    <Section title={t('card.debts')}>
      <div className={styles.scroller} tabIndex={0} role="region" aria-label={t('card.debts')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('debt.creditor')}</th>
              <th scope="col">{t('debt.due')}</th>
              {amounts.map((name) => (
                <th key={name} scope="col" className={styles.number}>
                  {t(headings[name])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {debts.map((debt) => (
              <DebtRow key={debt.debtId} debt={debt} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function DebtRow({ debt }: { debt: Debt }) {
  const { t, i18n } = useTranslation();
  return (
    <tr data-status={debt.status}>
      <th scope="row">
        <span className={styles.creditor}>{debt.creditorName}</span>
        <span className={styles.detail}>
          {[debt.debtKind, debt.externalRef].filter(Boolean).join(' · ')}
        </span>
        {debt.status === 'open' ? null : (
          <Badge tone={debt.status === 'paid' ? 'talk' : 'neutral'}>
            {t(`debt.status-${debt.status}`)}
          </Badge>
        )}
      </th>
      <td>
        {debt.dueOn ? <DateOnly date={debt.dueOn} /> : '–'}
        {debt.daysPastDue !== null && debt.daysPastDue > 0 ? (
          <span className={styles.detail}>
            {t('card.days-past-due', { count: debt.daysPastDue })}
          </span>
        ) : null}
      </td>
      {amounts.map((name) => (
        <td key={name} className={styles.number}>
          {formatMoney({ amountMinor: debt[name], currency: debt.currency }, i18n.language)}
        </td>
      ))}
    </tr>
  );
}
