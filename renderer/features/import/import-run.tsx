import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProgress } from '#shared/contract/index.ts';
import type { ImportJobId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { formatDuration } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { type Figure, Figures } from '../../components/figures.tsx';
import { Button, ErrorState, Panel, Skeleton } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { download } from './download.ts';
import styles from './import-run.module.css';
import { progressView } from './progress-view.ts';

/** An import that runs, or what came of it. */
export function ImportRun({ importJobId }: { importJobId: string }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const jobId = importJobId as ImportJobId;
  const data = useQueryData('import.status', { importJobId: jobId });
  const [latest, setLatest] = useState<ImportProgress | null>(null);

  useEffect(
    () =>
      client.on('import.progressed', (progress) => {
        if (progress.importJobId === jobId) setLatest(progress);
      }),
    [client, jobId],
  );
  const progress = newer(data.value, latest);
  const state = progress?.state ?? null;
  useEffect(() => {
    if (state !== null && state !== 'running') announce(t(`import.state-${state}`));
  }, [state, t]);

  if (progress === null) {
    return data.state === 'failed' ? (
      <Panel title={t('import.title')} hideTitle>
        <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
      </Panel>
    ) : (
      <Skeleton lines={5} />
    );
  }
  return progress.state === 'running' ? (
    <Running progress={progress} onChange={setLatest} />
  ) : (
    <Result progress={progress} />
  );
}

/** Events and the first snapshot may cross: the later one has more rows, or is over. */
function newer(a: ImportProgress | null, b: ImportProgress | null): ImportProgress | null {
  if (a === null || b === null) return b ?? a;
  if (a.state !== 'running') return a;
  return b.state !== 'running' || b.rows >= a.rows ? b : a;
}

function Running({
  progress,
  onChange,
}: {
  progress: ImportProgress;
  onChange: (progress: ImportProgress) => void;
}) {
  const { t, i18n } = useTranslation();
  const { run, busy } = useCommand('import.cancel');
  const view = progressView(progress);
  const number = (value: number): string => new Intl.NumberFormat(i18n.language).format(value);
  const cancel = async (): Promise<void> => {
    const stopped = await run({ importJobId: progress.importJobId });
    if (stopped) onChange(stopped);
  };
  return (
    <Panel
      title={t('import.running')}
      actions={
        <Button disabled={busy} onClick={() => void cancel()}>
          {t('import.cancel')}
        </Button>
      }
    >
      <div className={styles.stack}>
        <ProgressBar
          label={t('import.running')}
          value={progress.totalRows === null ? null : progress.rows}
          max={progress.totalRows ?? 1}
        />
        <Figures
          items={[
            ...figuresOf(progress, t, number),
            {
              id: 'rate',
              label: t('import.rate'),
              value: view.rowsPerSecond === null ? '–' : number(view.rowsPerSecond),
            },
            {
              id: 'left',
              label: t('import.left'),
              value: view.remainingMs === null ? '–' : formatDuration(view.remainingMs),
            },
          ]}
        />
        <p className={styles.faint}>{t('import.running-text')}</p>
      </div>
    </Panel>
  );
}

function figuresOf(
  progress: ImportProgress,
  t: (key: string) => string,
  number: (value: number) => string,
): Figure[] {
  return [
    {
      id: 'rows',
      label: t('import.rows-read'),
      value: number(progress.rows),
      note: progress.totalRows === null ? undefined : `/ ${number(progress.totalRows)}`,
    },
    { id: 'imported', label: t('import.imported'), value: number(progress.imported) },
    { id: 'updated', label: t('import.updated'), value: number(progress.updated) },
    {
      id: 'rejected',
      label: t('import.rejected'),
      value: number(progress.rejected),
      ...(progress.rejected > 0 ? { tone: 'stop' as const } : {}),
    },
  ];
}

function Result({ progress }: { progress: ImportProgress }) {
  const { t, i18n } = useTranslation();
  const number = (value: number): string => new Intl.NumberFormat(i18n.language).format(value);
  const finished = progress.state === 'finished';
  return (
    <Panel title={t('import.result')}>
      <div className={styles.stack}>
        <Notice
          tone={finished ? 'talk' : progress.state === 'failed' ? 'stop' : 'wait'}
          title={t(`import.state-${progress.state}`)}
        >
          {progress.error === null
            ? t(`import.state-${progress.state}-text`)
            : t(`errors.${progress.error}`, { defaultValue: progress.error })}
        </Notice>
        <Figures
          items={[
            ...figuresOf(progress, t, number),
            {
              id: 'time',
              label: t('import.time'),
              value: formatDuration(progress.seconds * 1000),
            },
          ]}
        />
        {progress.hasRejects ? <Rejects progress={progress} /> : null}
        <div className={styles.actions}>
          {progress.portfolioId ? (
            <>
              <LinkButton
                look="primary"
                href={toHash('/portfolio', { portfolio: progress.portfolioId })}
              >
                {t('import.open-portfolio')}
              </LinkButton>
              <LinkButton href={toHash('/campaigns/new', { portfolio: progress.portfolioId })}>
                {t('portfolio.new-campaign')}
              </LinkButton>
            </>
          ) : null}
          <LinkButton look="quiet" href={toHash('/import')}>
            {t('import.another')}
          </LinkButton>
        </div>
      </div>
    </Panel>
  );
}

function Rejects({ progress }: { progress: ImportProgress }) {
  const { t } = useTranslation();
  const { run, busy } = useCommand('import.open-rejects');
  const [error, setError] = useState<unknown>(null);
  const fetchFile = async (): Promise<void> => {
    setError(null);
    const opened = await run({ importJobId: progress.importJobId });
    if (opened) await download(opened.url, 'rejects.csv').catch(setError);
  };
  return (
    <Notice
      tone="stop"
      title={t('import.rejects', { count: progress.rejected })}
      action={
        <Button
          disabled={busy}
          icon={<Download size={14} aria-hidden="true" />}
          onClick={() => void fetchFile()}
        >
          {t('import.download-rejects')}
        </Button>
      }
    >
      {error === null ? t('import.rejects-text') : errorText(error, t)}
    </Notice>
  );
}
