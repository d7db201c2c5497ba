import { FolderOpen, Upload } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.ts';
import { errorText } from '../../app/errors.ts';
import { navigate, toHash } from '../../app/router.ts';
import { useConnection, useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { EmptyState, ErrorState, Page, Panel, Skeleton } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { DebtorTable } from './debtor-table.tsx';
import { PortfolioList } from './portfolio-list.tsx';
import styles from './portfolio-page.module.css';
import { SavedFilters } from './saved-filters.tsx';
import { useListState } from './use-list-state.ts';

/** Everyone who owes something: kept lists and portfolios at the left, their debtors at the right. */
export function PortfolioPage() {
  const { t } = useTranslation();
  const { client } = useServices();
  const data = useQueryData('debtor.list-portfolios', {});
  const { reload } = data;
  const lists = useQueryData('list.saved-filters', {});
  const reloadLists = lists.reload;
  const leads = useConnection(({ principal }) => principal?.role !== 'agent');
  const state = useListState();
  const saved =
    lists.value?.filters.find((one) => one.savedFilterId === state.savedFilterId) ?? null;
  const chosen = state.filter.portfolioIds?.length === 1 ? state.filter.portfolioIds[0] : '';

  useEffect(
    () =>
      client.on('import.progressed', (progress) => {
        if (progress.state !== 'running') reload();
      }),
    [client, reload],
  );
  useCommands(
    useMemo(
      () =>
        leads
          ? [{ id: 'import', label: t('portfolio.import'), run: () => navigate('/import') }]
          : [],
      [t, leads],
    ),
  );

  const importLink = leads ? (
    <LinkButton
      look="primary"
      href={toHash('/import')}
      icon={<Upload size={14} aria-hidden="true" />}
    >
      {t('portfolio.import')}
    </LinkButton>
  ) : null;
  return (
    <Page title={t('portfolio.title')} actions={importLink}>
      {data.value === null ? (
        data.state === 'failed' ? (
          <ErrorState text={errorText(data.error, t)} onRetry={reload} />
        ) : (
          <Skeleton lines={8} />
        )
      ) : data.value.portfolios.length === 0 ? (
        <Panel title={t('portfolio.title')} hideTitle>
          <EmptyState
            icon={<FolderOpen size={24} aria-hidden="true" />}
            title={t('portfolio.empty')}
            text={t('portfolio.empty-text')}
            action={importLink}
          />
        </Panel>
      ) : (
        <div className={styles.columns}>
          <div className={styles.rail}>
            {(lists.value?.filters.length ?? 0) > 0 ? (
              <SavedFilters filters={lists.value?.filters ?? []} chosen={state.savedFilterId} />
            ) : null}
            <PortfolioList
              portfolios={data.value.portfolios}
              chosen={saved === null ? (chosen ?? '') : null}
            />
          </div>
          <DebtorTable
            state={state}
            portfolios={data.value.portfolios}
            saved={saved}
            leads={leads}
            onListsChanged={() => {
              reload();
              reloadLists();
            }}
          />
        </div>
      )}
    </Page>
  );
}
