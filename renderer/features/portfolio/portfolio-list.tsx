import { useTranslation } from 'react-i18next';
import type { CommandOutput } from '#shared/contract/index.ts';
import type { Money as MoneyValue } from '#shared/domain/index.ts';
import { toHash } from '../../app/router.ts';
import { Badge, Money, Panel } from '../../components/index.ts';
import { sumMoney } from './money-sums.ts';
import styles from './portfolio-list.module.css';

export type Portfolio = CommandOutput<'debtor.list-portfolios'>['portfolios'][number];

/** All portfolios with their sums; choosing one narrows the table. */
export function PortfolioList({
  portfolios,
  chosen,
}: {
  portfolios: readonly Portfolio[];
  /** '' is all of them; null: a kept list is shown instead */
  chosen: string | null;
}) {
  const { t } = useTranslation();
  return (
    <Panel title={t('portfolio.portfolios')} flush className={styles.panel}>
      <ul className={styles.list}>
        {portfolios.length > 1 ? (
          <Item
            href={toHash('/portfolio')}
            current={chosen === ''}
            name={t('portfolio.all')}
            debtors={portfolios.reduce((sum, one) => sum + one.debtors, 0)}
            debts={portfolios.reduce((sum, one) => sum + one.debts, 0)}
            balances={sumMoney(portfolios.flatMap((one) => one.balances))}
          />
        ) : null}
        {portfolios.map((one) => (
          <Item
            key={one.portfolioId}
            href={toHash('/portfolio', { portfolio: one.portfolioId })}
            current={chosen === one.portfolioId || (portfolios.length === 1 && chosen === '')}
            name={one.name}
            creditor={one.creditorName}
            debtors={one.debtors}
            debts={one.debts}
            balances={one.balances}
            synthetic={one.synthetic}
          />
        ))}
      </ul>
    </Panel>
  );
}

function Item(props: {
  href: string;
  current: boolean;
  name: string;
  creditor?: string;
  debtors: number;
  debts: number;
  balances: readonly MoneyValue[];
  synthetic?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <li>
      <a
        className={styles.item}
        href={props.href}
        aria-current={props.current ? 'true' : undefined}
      >
        <span className={styles.nameLine}>
          <span className={styles.name}>{props.name}</span>
          {props.synthetic ? <Badge tone="accent">{t('portfolio.made-up')}</Badge> : null}
        </span>
        {props.creditor ? <span className={styles.detail}>{props.creditor}</span> : null}
        <span className={styles.detail}>
          {t('portfolio.debtors', { count: props.debtors })} ·{' '}
          {t('portfolio.debts', { count: props.debts })}
        </span>
        {props.balances.map((balance) => (
          <span key={balance.currency} className={styles.sum}>
            <Money amounts={balance} />
          </span>
        ))}
      </a>
    </li>
  );
}
