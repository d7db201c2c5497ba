import { Megaphone, SearchX, Trash2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorRow } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { languageLabel } from '../../app/format/names.ts';
import { navigate, toHash, useQuery } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import {
  Badge,
  Button,
  type Column,
  Confirm,
  DataTable,
  EmptyState,
  ErrorState,
  Field,
  Input,
  Money,
  Panel,
  Skeleton,
  toast,
  When,
} from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import styles from './debtor-table.module.css';
import type { Portfolio } from './portfolio-list.tsx';
import { type DebtorQuestion, useDebtorPages } from './use-debtor-pages.ts';

const sortable = ['name', 'balance', 'age', 'lastInteraction'] as const;
type Sort = (typeof sortable)[number];

/** Debtors of one portfolio or of all; search and order live in the address. */
export function DebtorTable({
  portfolio,
  onDeleted,
}: {
  portfolio: Portfolio | null;
  onDeleted: () => void;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useQuery('search');
  const [sort, setSort] = useQuery('sort', 'name');
  const question: DebtorQuestion = {
    search: useSettled(search),
    portfolioId: portfolio?.portfolioId ?? '',
    sort: sortOf(sort),
    descending: sort.endsWith('-desc'),
  };
  const pages = useDebtorPages(question);
  const { loaded } = pages;
  const columns = useDebtorColumns();
  return (
    <Panel
      title={portfolio?.name ?? t('portfolio.all')}
      flush
      actions={portfolio ? <PortfolioActions portfolio={portfolio} onDeleted={onDeleted} /> : null}
    >
      <div className={styles.tools}>
        <Field label={t('portfolio.search')} hideLabel className={styles.search}>
          <Input
            type="search"
            placeholder={t('portfolio.search')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </Field>
        <span className={styles.count} role="status">
          {loaded.key === '' ? '' : t('portfolio.debtors', { count: loaded.total })}
        </span>
      </div>
      {pages.error !== null && loaded.rows.length === 0 ? (
        <ErrorState text={errorText(pages.error, t)} onRetry={pages.reload} />
      ) : loaded.key === '' ? (
        <Skeleton lines={9} />
      ) : (
        <DataTable
          id="debtors"
          label={t('portfolio.table')}
          columns={columns}
          rows={loaded.rows}
          rowId={(row) => row.debtorId}
          total={loaded.total}
          onOpen={(row) => navigate(`/debtor/${row.debtorId}`)}
          sort={{ id: question.sort, descending: question.descending }}
          onSortChange={({ id, descending }) => setSort(descending ? `${id}-desc` : id)}
          onEndReached={pages.loadMore}
          empty={
            <EmptyState
              icon={<SearchX size={24} aria-hidden="true" />}
              title={search === '' ? t('portfolio.no-debtors') : t('common.nothing-found')}
              text={search === '' ? '' : t('portfolio.nothing-found-text')}
              action={
                search === '' ? null : (
                  <Button onClick={() => setSearch('')}>{t('portfolio.clear-search')}</Button>
                )
              }
            />
          }
        />
      )}
    </Panel>
  );
}

function sortOf(value: string): Sort {
  const name = value.replace(/-desc$/, '');
  return sortable.find((one) => one === name) ?? 'name';
}

/** The search is asked once the person pauses, not for every letter. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 150);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function useDebtorColumns(): Column<DebtorRow>[] {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('portfolio.name'),
        width: 280,
        sortable: true,
        cell: (row) => <NameCell row={row} />,
      },
      {
        id: 'reference',
        header: t('portfolio.reference'),
        width: 128,
        cell: (row) => row.externalRef,
      },
      {
        id: 'balance',
        header: t('portfolio.balance'),
        width: 132,
        align: 'end' as const,
        sortable: true,
        cell: (row) => (row.balances.length === 0 ? '–' : <Money amounts={row.balances} />),
      },
      {
        id: 'debts',
        header: t('card.debts'),
        width: 64,
        align: 'end' as const,
        cell: (row) => row.debtCount,
      },
      {
        id: 'age',
        header: t('portfolio.age'),
        width: 96,
        align: 'end' as const,
        sortable: true,
        cell: (row) =>
          row.oldestDaysPastDue === null
            ? '–'
            : t('portfolio.days', { count: row.oldestDaysPastDue }),
      },
      {
        id: 'lastInteraction',
        header: t('portfolio.last-contact'),
        width: 132,
        sortable: true,
        cell: (row) =>
          row.lastInteractionAt === null ? (
            <span className={styles.faint}>{t('portfolio.never')}</span>
          ) : (
            <When at={row.lastInteractionAt} />
          ),
      },
      { id: 'city', header: t('portfolio.city'), width: 120, cell: (row) => row.city ?? '–' },
      {
        id: 'phones',
        header: t('portfolio.phones'),
        width: 84,
        align: 'end' as const,
        cell: (row) =>
          row.phoneCount === 0 ? (
            <span className={styles.warn}>{t('portfolio.no-phone')}</span>
          ) : (
            row.phoneCount
          ),
      },
      {
        id: 'language',
        header: t('portfolio.language'),
        width: 112,
        cell: (row) => languageLabel(row.language, language),
      },
    ],
    [t, language],
  );
}

/** A link for the pointer; the row itself takes the keys, so the link is no stop of its own. */
function NameCell({ row }: { row: DebtorRow }) {
  const { t } = useTranslation();
  return (
    <span className={styles.name}>
      <a className={styles.link} href={toHash(`/debtor/${row.debtorId}`)} tabIndex={-1}>
        {row.displayName}
      </a>
      {row.synthetic ? <Badge tone="accent">{t('portfolio.made-up')}</Badge> : null}
    </span>
  );
}

function PortfolioActions({
  portfolio,
  onDeleted,
}: {
  portfolio: Portfolio;
  onDeleted: () => void;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { run, busy } = useCommand('debtor.delete-portfolio');
  const remove = async (): Promise<void> => {
    setAsking(false);
    if ((await run({ portfolioId: portfolio.portfolioId })) === null) return;
    toast('done', t('portfolio.deleted', { name: portfolio.name }));
    navigate('/portfolio');
    onDeleted();
  };
  return (
    <>
      <LinkButton
        href={toHash('/campaigns/new', { portfolio: portfolio.portfolioId })}
        icon={<Megaphone size={14} aria-hidden="true" />}
      >
        {t('portfolio.new-campaign')}
      </LinkButton>
      <Button
        look="quiet"
        disabled={busy}
        icon={<Trash2 size={14} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      >
        {t('portfolio.delete')}
      </Button>
      <Confirm
        open={asking}
        destructive
        title={t('portfolio.delete-question', { name: portfolio.name })}
        text={t('portfolio.delete-text', { count: portfolio.debtors })}
        action={t('portfolio.delete')}
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
