import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../app/errors.ts';
import { Button } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import styles from './export-progress.module.css';
import type { ExportJob } from './use-export-job.ts';

/** How an export stands: how far it is, that it was saved, or why not. */
export function ExportProgressLine({ job }: { job: ExportJob }) {
  const { t, i18n } = useTranslation();
  const { progress } = job;
  if (progress === null) return null;
  const number = (value: number): string => new Intl.NumberFormat(i18n.language).format(value);
  if (progress.state === 'running') {
    return (
      <div className={styles.running} role="status">
        <ProgressBar
          label={t('export.running')}
          value={progress.totalRows === null ? null : progress.rows}
          max={progress.totalRows ?? 1}
        />
        <span className={styles.figures}>
          {number(progress.rows)}
          {progress.totalRows === null ? null : ` / ${number(progress.totalRows)}`}
        </span>
        <Button look="quiet" onClick={job.cancel}>
          {t('common.cancel')}
        </Button>
      </div>
    );
  }
  if (progress.state === 'finished' && job.error === null) {
    return (
      <Notice tone="talk" live title={t(job.saved ? 'export.saved' : 'export.fetching')}>
        {progress.fileName}
      </Notice>
    );
  }
  if (progress.state === 'cancelled') {
    return <Notice tone="neutral" live title={t('export.cancelled')} />;
  }
  return (
    <Notice
      tone="stop"
      live
      title={t('export.failed')}
      action={
        job.error === null ? null : (
          <Button icon={<Download size={14} aria-hidden="true" />} onClick={job.fetchFile}>
            {t('common.try-again')}
          </Button>
        )
      }
    >
      {job.error === null
        ? t(`errors.${progress.error ?? 'internal'}`, { defaultValue: t('errors.internal') })
        : errorText(job.error, t)}
    </Notice>
  );
}
