import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { useCommand } from '../../app/use-command.ts';
import { Figures } from '../../components/figures.tsx';
import { Button, ErrorState, Skeleton } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { figuresOf } from './import-figures.tsx';
import { FileNotices, Rejects } from './rejects.tsx';
import styles from './trial.module.css';
import { useImportJob } from './use-import-job.ts';

/** A try of the whole file, in its place: what would happen. Nothing is stored by it. */
export function Trial({ importJobId, outdated }: { importJobId: string; outdated: boolean }) {
  const { t, i18n } = useTranslation();
  const { progress, error, reload, set } = useImportJob(importJobId);
  const { run, busy } = useCommand('import.cancel');
  const done = progress !== null && progress.state !== 'running';
  useEffect(() => {
    if (done) announce(t('import.trial-done'));
  }, [done, t]);
  if (progress === null) {
    return error === null ? (
      <Skeleton lines={2} />
    ) : (
      <ErrorState text={errorText(error, t)} onRetry={reload} />
    );
  }
  const cancel = async (): Promise<void> => {
    const stopped = await run({ importJobId: progress.importJobId });
    if (stopped) set(stopped);
  };
  if (progress.state === 'failed') {
    return (
      <Notice tone="stop" title={t('import.trial-failed')}>
        {t(`errors.${progress.error ?? 'internal'}`, { defaultValue: t('errors.internal') })}
      </Notice>
    );
  }
  return (
    <section className={styles.trial} aria-label={t('import.trial')} data-outdated={outdated}>
      <div className={styles.head}>
        <h3 className={styles.title}>{t(done ? 'import.trial-would' : 'import.trial-running')}</h3>
        {done ? null : (
          <Button look="quiet" disabled={busy} onClick={() => void cancel()}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
      {done ? null : (
        <ProgressBar
          label={t('import.trial-running')}
          value={progress.totalRows === null ? null : progress.rows}
          max={progress.totalRows ?? 1}
        />
      )}
      <Figures items={figuresOf(progress, t, i18n.language)} />
      {outdated ? <p className={styles.outdated}>{t('import.trial-outdated')}</p> : null}
      {done ? <FileNotices progress={progress} /> : null}
      {done && progress.hasRejects ? <Rejects progress={progress} /> : null}
    </section>
  );
}
