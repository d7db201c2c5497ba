import { FileUp } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportJobItem } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatDuration } from '../../app/format/index.ts';
import { navigate, toHash } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import {
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Panel,
  Skeleton,
  StatusDot,
  type Tone,
  When,
} from '../../components/index.ts';
import { kindIcon } from './kinds.tsx';
import styles from './past-imports.module.css';
import { UndoButton } from './undo-button.tsx';

const jobsShown = 100;

/** What was imported before, by whom and with what result; each can be opened, and undone. */
export function PastImports() {
  const { t } = useTranslation();
  const { client } = useServices();
  const data = useQueryData('import.list-jobs', { limit: jobsShown });
  const { reload } = data;
  useEffect(
    () =>
      client.on('import.progressed', (progress) => {
        if (progress.state !== 'running' && progress.state !== 'undoing') reload();
      }),
    [client, reload],
  );
  const columns = useJobColumns(reload);
  const jobs = data.value?.jobs ?? [];
  return (
    <Panel title={t('import.past')} flush className={styles.panel}>
      {data.value === null ? (
        data.state === 'failed' ? (
          <ErrorState text={errorText(data.error, t)} onRetry={reload} />
        ) : (
          <Skeleton lines={4} />
        )
      ) : (
        <DataTable
          id="imports"
          label={t('import.past')}
          columns={columns}
          rows={jobs}
          rowId={(job) => job.importJobId}
          onOpen={(job) => navigate('/import', { job: job.importJobId })}
          empty={
            <EmptyState
              icon={<FileUp size={24} aria-hidden="true" />}
              title={t('import.past-none')}
              text={t('import.past-none-text')}
            />
          }
        />
      )}
    </Panel>
  );
}

function useJobColumns(onUndone: () => void): Column<ImportJobItem>[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const number = (value: number): string => new Intl.NumberFormat(i18n.language).format(value);
    return [
      {
        id: 'file',
        header: t('import.file'),
        width: 236,
        value: (job) => job.fileName,
        cell: (job) => (
          <span className={styles.file}>
            <span className={styles.icon} title={t(`import.kind-${job.kind}`)}>
              {kindIcon(job.kind, 14)}
              <span className="visually-hidden">{t(`import.kind-${job.kind}`)}</span>
            </span>
            <a
              className={styles.link}
              href={toHash('/import', { job: job.importJobId })}
              tabIndex={-1}
            >
              {job.fileName}
            </a>
          </span>
        ),
      },
      {
        id: 'started',
        header: t('import.started'),
        width: 96,
        value: (job) => job.startedAt,
        cell: (job) => <When at={job.startedAt} />,
      },
      {
        id: 'state',
        header: t('import.state'),
        width: 132,
        value: (job) => stateOf(job),
        cell: (job) => <StatusDot tone={toneOf(job)} label={t(`import.short-${stateOf(job)}`)} />,
      },
      {
        id: 'target',
        header: t('import.into'),
        width: 150,
        value: (job) => job.target,
        cell: (job) => job.target || '–',
      },
      {
        id: 'imported',
        header: t('import.figure-imported'),
        width: 84,
        align: 'end' as const,
        value: (job) => job.imported,
        cell: (job) => number(job.imported),
      },
      {
        id: 'updated',
        header: t('import.figure-updated'),
        width: 96,
        align: 'end' as const,
        value: (job) => job.updated,
        cell: (job) => number(job.updated),
      },
      {
        id: 'rejected',
        header: t('import.figure-rejected'),
        width: 100,
        align: 'end' as const,
        value: (job) => job.rejected,
        cell: (job) => (
          <span className={job.rejected > 0 ? styles.bad : undefined}>{number(job.rejected)}</span>
        ),
      },
      {
        id: 'time',
        header: t('import.time'),
        width: 90,
        align: 'end' as const,
        hiddenByDefault: true,
        value: (job) => job.seconds,
        cell: (job) => formatDuration(job.seconds * 1000),
      },
      {
        id: 'by',
        header: t('import.by'),
        width: 132,
        value: (job) => job.personName,
        cell: (job) => job.personName ?? '–',
      },
      {
        id: 'undo',
        header: t('import.undo'),
        width: 116,
        cell: (job) =>
          job.undoable ? (
            <UndoButton quiet job={job} name={job.fileName} onUndone={onUndone} />
          ) : null,
      },
    ];
  }, [t, i18n.language, onUndone]);
}

type JobState = ImportJobItem['state'] | 'undone' | 'tried';

function stateOf(job: ImportJobItem): JobState {
  if (job.undoneAt !== null) return 'undone';
  return job.dryRun && job.state === 'finished' ? 'tried' : job.state;
}

function toneOf(job: ImportJobItem): Tone {
  const tones: Record<JobState, Tone> = {
    running: 'accent',
    undoing: 'accent',
    finished: 'talk',
    failed: 'stop',
    cancelled: 'neutral',
    undone: 'neutral',
    tried: 'neutral',
  };
  return tones[stateOf(job)];
}
