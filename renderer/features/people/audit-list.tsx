import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatDateTime } from '../../app/format/index.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import {
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Panel,
  Skeleton,
} from '../../components/index.ts';
import { auditDetails } from './audit-details.ts';
import styles from './audit-list.module.css';

type Entry = CommandOutput<'access.list-audit'>['entries'][number];
const shown = 500;

/** Who did what with access, trunks and recordings, newest first. */
export function AuditList() {
  const { t, i18n } = useTranslation();
  const data = useQueryData('access.list-audit', { limit: shown });
  const people = useQueryData('access.list-people', {}).value?.people;
  const columns = useMemo<Column<Entry & { id: string }>[]>(
    () => [
      {
        id: 'at',
        header: t('audit.at'),
        width: 200,
        value: (entry) => entry.at,
        cell: (entry) => formatDateTime(entry.at, i18n.language),
      },
      {
        id: 'who',
        header: t('audit.who'),
        width: 184,
        value: (entry) => entry.displayName ?? '',
        cell: (entry) =>
          entry.displayName ?? <span className={styles.faint}>{t('audit.nobody')}</span>,
      },
      {
        id: 'what',
        header: t('audit.what'),
        width: 280,
        value: (entry) => entry.action,
        cell: (entry) => t(`audit.action.${entry.action}`, { defaultValue: entry.action }),
      },
      {
        id: 'details',
        header: t('audit.details'),
        width: 260,
        cell: (entry) => {
          const text = auditDetails(entry.details, people ?? [], (name) =>
            t(`audit.fact.${name}`, { defaultValue: name }),
          );
          return (
            <span className={styles.faint} title={text}>
              {text}
            </span>
          );
        },
      },
    ],
    [t, i18n.language, people],
  );
  const rows = useMemo(
    () =>
      (data.value?.entries ?? []).map((entry, index) => ({ ...entry, id: `${entry.at}-${index}` })),
    [data.value],
  );
  if (data.value === null) {
    return data.state === 'failed' ? (
      <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
    ) : (
      <Skeleton lines={8} />
    );
  }
  return (
    <Panel title={t('audit.title')} flush className={styles.panel}>
      <DataTable
        id="audit"
        label={t('audit.title')}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        empty={<EmptyState title={t('audit.empty')} />}
      />
    </Panel>
  );
}
