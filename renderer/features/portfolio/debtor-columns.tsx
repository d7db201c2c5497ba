import { Scissors } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListRow } from '#shared/contract/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { toHash } from '../../app/router.ts';
import { Badge, type Column, Money, StatusDot, type Tone, When } from '../../components/index.ts';
import { flagText } from './condition-text.ts';
import styles from './debtor-table.module.css';
import type { Portfolio } from './portfolio-list.tsx';

const promiseTones: Record<ListRow['promise'], Tone> = {
  none: 'neutral',
  open: 'accent',
  kept: 'talk',
  broken: 'stop',
  withdrawn: 'neutral',
};

/** Everything that the list can say of a debtor; the less asked for is hidden until somebody wants it. */
export function useDebtorColumns(portfolios: readonly Portfolio[]): Column<ListRow>[] {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return useMemo<Column<ListRow>[]>(() => {
    const portfolioName = new Map(portfolios.map((one) => [one.portfolioId as string, one.name]));
    return [
      {
        id: 'name',
        header: t('portfolio.name'),
        width: 260,
        sortable: true,
        cell: (row) => <NameCell row={row} />,
      },
      {
        id: 'reference',
        header: t('portfolio.reference'),
        width: 124,
        cell: (row) => row.externalRef,
      },
      {
        id: 'balance',
        header: t('portfolio.balance'),
        width: 128,
        align: 'end',
        sortable: true,
        cell: (row) => (row.balances.length === 0 ? '–' : <Money amounts={row.balances} />),
      },
      {
        id: 'age',
        header: t('portfolio.age'),
        width: 100,
        align: 'end',
        sortable: true,
        cell: (row) =>
          row.oldestDaysPastDue === null
            ? '–'
            : t('portfolio.days', { count: row.oldestDaysPastDue }),
      },
      {
        id: 'status',
        header: t('filter.statuses'),
        width: 110,
        cell: (row) => (
          <span className={row.status === 'disputed' ? styles.bad : undefined}>
            {t(`filter.status-${row.status}`)}
          </span>
        ),
      },
      {
        id: 'lastContact',
        header: t('portfolio.last-contact'),
        width: 124,
        sortable: true,
        cell: (row) =>
          row.lastContactAt === null ? (
            <span className={styles.faint}>{t('portfolio.never')}</span>
          ) : (
            <When at={row.lastContactAt} />
          ),
      },
      {
        id: 'promise',
        header: t('filter.promises'),
        width: 128,
        cell: (row) =>
          row.promise === 'none' ? (
            '–'
          ) : (
            <StatusDot
              tone={promiseTones[row.promise]}
              label={t(`filter.promise-${row.promise}`)}
            />
          ),
      },
      {
        id: 'nextAction',
        header: t('portfolio.next'),
        width: 124,
        sortable: true,
        cell: (row) => (row.nextActionAt === null ? '–' : <When at={row.nextActionAt} />),
      },
      {
        id: 'flags',
        header: t('portfolio.flags'),
        width: 160,
        cell: (row) => (
          <span className={styles.flags}>
            {row.flags.map((flag) => (
              <Badge key={flag} tone="stop">
                {flagText(flag, t)}
              </Badge>
            ))}
          </span>
        ),
      },
      { id: 'city', header: t('portfolio.city'), width: 120, cell: (row) => row.city ?? '–' },
      {
        id: 'phones',
        header: t('portfolio.phones'),
        width: 90,
        align: 'end',
        cell: (row) =>
          row.phoneCount === 0 ? (
            <span className={styles.warn}>{t('portfolio.no-phone')}</span>
          ) : (
            row.phoneCount
          ),
      },
      {
        id: 'lastResult',
        header: t('portfolio.last-result'),
        width: 130,
        hiddenByDefault: true,
        cell: (row) => (row.lastResult === null ? '–' : t(`attempt-result.${row.lastResult}`)),
      },
      {
        id: 'plan',
        header: t('filter.plans'),
        width: 120,
        hiddenByDefault: true,
        cell: (row) => (row.plan === 'none' ? '–' : t(`filter.plan-${row.plan}`)),
      },
      {
        id: 'debts',
        header: t('card.debts'),
        width: 76,
        align: 'end',
        hiddenByDefault: true,
        cell: (row) => row.debtCount,
      },
      {
        id: 'portfolio',
        header: t('campaign.portfolio'),
        width: 180,
        hiddenByDefault: true,
        cell: (row) => portfolioName.get(row.portfolioId ?? '') ?? '–',
      },
      {
        id: 'kind',
        header: t('filter.kind'),
        width: 100,
        hiddenByDefault: true,
        cell: (row) => t(`filter.kind-${row.kind}`),
      },
      {
        id: 'language',
        header: t('portfolio.language'),
        width: 112,
        hiddenByDefault: true,
        cell: (row) => languageLabel(row.language, language),
      },
    ];
  }, [t, language, portfolios]);
}

/** A link for the pointer; the row itself takes the keys, so the link is no stop of its own. */
function NameCell({ row }: { row: ListRow }) {
  const { t } = useTranslation();
  return (
    <span className={styles.name}>
      <a className={styles.link} href={toHash(`/debtor/${row.debtorId}`)} tabIndex={-1}>
        {row.displayName}
      </a>
      {row.writeOffProposed ? (
        <span className={styles.proposed} title={t('portfolio.write-off')}>
          <Scissors size={14} aria-hidden="true" />
          <span className="visually-hidden">{t('portfolio.write-off')}</span>
        </span>
      ) : null}
      {row.synthetic ? <Badge tone="accent">{t('portfolio.made-up')}</Badge> : null}
    </span>
  );
}
