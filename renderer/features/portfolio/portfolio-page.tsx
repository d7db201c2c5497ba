import { FolderOpen, Upload } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.ts';
import { errorText } from '../../app/errors.ts';
import { navigate, toHash, useQuery } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { EmptyState, ErrorState, Page, Panel, Skeleton } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { DebtorTable } from './debtor-table.tsx';
import { PortfolioList } from './portfolio-list.tsx';
import styles from './portfolio-page.module.css';

/** Everyone who owes something: portfolios at the left, their debtors at the right. */
export function PortfolioPage() {
  const { t } = useTranslation();
  const { client } = useServices();
  const data = useQueryData('debtor.list-portfolios', {});
  const { reload } = data;
  const [portfolioId] = useQuery('portfolio');

  useEffect(
    () =>
      client.on('import.progressed', (progress) => {
        if (progress.state !== 'running') reload();
      }),
    [client, reload],
  );
  useCommands(
    useMemo(
      () => [{ id: 'import', label: t('portfolio.import'), run: () => navigate('/import') }],
      [t],
    ),
  );

  const importLink = (
    <LinkButton
      look="primary"
      href={toHash('/import')}
      icon={<Upload size={14} aria-hidden="true" />}
    >
      {t('portfolio.import')}
    </LinkButton>
  );
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
          <PortfolioList portfolios={data.value.portfolios} chosen={portfolioId} />
          <DebtorTable
            portfolio={data.value.portfolios.find((one) => one.portfolioId === portfolioId) ?? null}
            onDeleted={reload}
          />
        </div>
      )}
    </Page>
  );
}
