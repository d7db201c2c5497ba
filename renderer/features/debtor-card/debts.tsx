import type { TFunction } from 'i18next';
import { Fragment, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Debt } from '#shared/contract/index.ts';
import { formatAmount, formatMoney } from '../../app/format/index.ts';
import { Badge, classNames, DateOnly } from '../../components/index.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { DebtDetails } from './debt-details.tsx';
import styles from './debts.module.css';
import { FoldButton } from './fold-button.tsx';
import { LimitationMark } from './limitation-mark.tsx';
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
/** debts without a balance are folded away when there are many */
const longList = 6;

/** Each debt with what it is made of. A real table: read by row and column. */
export function Debts({ debts }: { debts: readonly Debt[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (debts.length === 0) return null;
  const open = debts.filter((debt) => debt.status === 'open');
  const shown = all || debts.length <= longList ? debts : open;
  const hidden = debts.length - shown.length;
  return (
    <Section title={t('card.debts')} count={debts.length}>
      <ScrollRegion className={styles.scroller} label={t('card.debts-table')}>
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
            {shown.map((debt) => (
              <DebtRow key={debt.debtId} debt={debt} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {hidden > 0 ? (
        <button type="button" className={styles.all} onClick={() => setAll(true)}>
          {t('debt.show-settled', { count: hidden })}
        </button>
      ) : null}
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
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  return (
    <Fragment>
      <tr data-status={debt.status}>
        <th scope="row">
          <div className={styles.name}>
            <FoldButton
              label={t('debt.details', { name: `${debt.creditorName} ${debt.externalRef}` })}
              open={open}
              controls={detailsId}
              onToggle={() => setOpen((now) => !now)}
            />
            <div>
              <span className={styles.creditor}>{debt.creditorName}</span>
              <span className={styles.detail}>
                {[debt.debtKind, debt.externalRef].filter(Boolean).join(' · ')}
              </span>
              <span className={styles.composition}>{compositionText(debt, t, i18n.language)}</span>
              {debt.status === 'open' ? (
                <LimitationMark debt={debt} />
              ) : (
                <Badge tone={debt.status === 'paid' ? 'talk' : 'neutral'}>
                  {t(`debt.status-${debt.status}`)}
                </Badge>
              )}
            </div>
          </div>
        </th>
        <td>
          {debt.dueOn ? <DateOnly date={debt.dueOn} /> : '–'}
          {debt.daysPastDue !== null && debt.daysPastDue > 0 ? (
            <span className={styles.detail}>
              {t('card.days-past-due', { count: debt.daysPastDue })}
            </span>
          ) : null}
          {debt.status === 'open' ? (
            <span className={styles.detail}>{t(`age-band.${debt.ageBand}`)}</span>
          ) : null}
        </td>
        {amounts.map((name) => (
          <td key={name} className={cellClass(name)}>
            {amountText(debt, name, i18n.language)}
          </td>
        ))}
      </tr>
      <tr id={detailsId} hidden={!open} className={styles.details}>
        <td colSpan={2 + amounts.length}>{open ? <DebtDetails debt={debt} /> : null}</td>
      </tr>
    </Fragment>
  );
}
