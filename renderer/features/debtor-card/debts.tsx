// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
// biome-ignore-all lint/a11y/useSemanticElements: the region is the scrolling box, not a section of the text
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Debt } from '#shared/contract/index.ts';
import { formatAmount, formatMoney } from '../../app/format/index.ts';
import { Badge, classNames, DateOnly } from '../../components/index.ts';
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
      <div
        className={styles.scroller}
        tabIndex={0}
        role="region"
        aria-label={t('card.debts-table')}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('debt.creditor')}</th>
              <th scope="col">{t('debt.due')}</th>
              {amounts.map((name) => (
                <th key={name} scope="col" className={cellClass(name)}>
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

/** Parts of a debt stand without their currency, which the balance names; nothing is shown as nothing. */
function amountText(debt: Debt, name: (typeof amounts)[number], locale: string): string {
  const money = { amountMinor: debt[name], currency: debt.currency };
  if (name === 'balanceMinor') return formatMoney(money, locale);
  return money.amountMinor === 0 ? '–' : formatAmount(money, locale);
}

/** Where the card is narrow the parts of a debt stand in one line under its creditor instead of columns. */
function compositionText(debt: Debt, t: TFunction, locale: string): string {
  return amounts
    .filter((name) => name !== 'balanceMinor' && debt[name] !== 0)
    .map((name) => `${t(headings[name])} ${amountText(debt, name, locale)}`)
    .join(' · ');
}

function cellClass(name: (typeof amounts)[number]): string {
  return classNames(styles.number, name !== 'balanceMinor' && styles.part);
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
        <span className={styles.composition}>{compositionText(debt, t, i18n.language)}</span>
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
        <td key={name} className={cellClass(name)}>
          {amountText(debt, name, i18n.language)}
        </td>
      ))}
    </tr>
  );
}
