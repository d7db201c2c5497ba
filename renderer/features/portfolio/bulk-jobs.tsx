import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkJob } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, IconButton } from '../../components/index.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import styles from './bulk-jobs.module.css';

const isOver = (job: BulkJob): boolean => job.state !== 'collecting' && job.state !== 'running';

/**
 * Actions for many that run, and what came of those that ended while one looked.
 * @param started the one that was just started here
 */
export function BulkJobs({ started, onOver }: { started: BulkJob | null; onOver: () => void }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const known = useQueryData('list.bulk-jobs', {});
  const [latest, setLatest] = useState<Record<string, BulkJob>>({});
  const [closed, setClosed] = useState<readonly string[]>([]);
  useEffect(
    () =>
      client.on('list.bulk-progressed', ({ job }) => {
        setLatest((now) => ({ ...now, [job.bulkJobId]: job }));
        if (!isOver(job)) return;
        announce(t(`bulk.state-${job.state}`));
        onOver();
      }),
    [client, onOver, t],
  );
  const running = (known.value?.jobs ?? []).filter((job) => !isOver(job));
  const all = new Map<string, BulkJob>();
  for (const job of [...running, ...(started ? [started] : []), ...Object.values(latest)]) {
    all.set(job.bulkJobId, job);
  }
  const shown = [...all.values()].filter((job) => !closed.includes(job.bulkJobId));
  if (shown.length === 0) return null;
  return (
    <ul className={styles.jobs}>
      {shown.map((job) => (
        <li key={job.bulkJobId}>
          <Job job={job} onClose={() => setClosed((now) => [...now, job.bulkJobId])} />
        </li>
      ))}
    </ul>
  );
}

function Job({ job, onClose }: { job: BulkJob; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const cancel = useCommand('list.cancel-bulk');
  const number = (value: number): string => new Intl.NumberFormat(i18n.language).format(value);
  const over = isOver(job);
  return (
    <div className={styles.job} data-state={job.state}>
      <span className={styles.name}>{t(`bulk.${job.action}`)}</span>
      {over ? (
        <span className={styles.result}>
          {t(`bulk.state-${job.state}`)} · {t('bulk.changed', { count: job.changed })}
          {job.passedOver > 0 ? ` · ${t('bulk.passed-over', { count: job.passedOver })}` : ''}
        </span>
      ) : (
        <>
          <ProgressBar
            label={t(`bulk.${job.action}`)}
            value={job.total === null ? null : job.done}
            max={job.total ?? 1}
          />
          <span className={styles.figures}>
            {job.total === null
              ? t('bulk.collecting')
              : `${number(job.done)} / ${number(job.total)}`}
          </span>
        </>
      )}
      {over ? (
        <IconButton
          label={t('common.close')}
          icon={<X size={14} aria-hidden="true" />}
          onClick={onClose}
        />
      ) : (
        <Button
          look="quiet"
          disabled={cancel.busy}
          onClick={() => void cancel.run({ bulkJobId: job.bulkJobId })}
        >
          {t('bulk.stop')}
        </Button>
      )}
    </div>
  );
}
