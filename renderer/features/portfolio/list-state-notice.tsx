import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventData } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import { EmptyState } from '../../components/index.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import styles from './debtor-table.module.css';

/** The lists are built in memory after each start; until then this stands in their place. */
export function ListsAreBuilt() {
  const { t } = useTranslation();
  const { client } = useServices();
  const [progress, setProgress] = useState<EventData<'list.progressed'> | null>(null);
  useEffect(() => client.on('list.progressed', setProgress), [client]);
  return (
    <div className={styles.building} role="status">
      <EmptyState title={t('portfolio.building')} text={t('portfolio.building-text')} />
      <ProgressBar
        label={t('portfolio.building')}
        value={progress === null ? null : progress.done}
        max={progress?.total ?? 1}
      />
    </div>
  );
}
