import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProgress } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { formatDuration } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import { Figures } from '../../components/figures.tsx';
import { Button, ErrorState, Panel, Skeleton } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { figuresOf } from './import-figures.tsx';
import styles from './import-run.module.css';
import { FileNotices, Rejects } from './rejects.tsx';
import { UndoButton } from './undo-button.tsx';
import { useImportJob } from './use-import-job.ts';

/** An import that runs, or what came of it. */
export function ImportRun({ importJobId }: { importJobId: string }) {
  const { t } = useTranslation();
  const { progress, error, reload, set } = useImportJob(importJobId);
  const state = progress === null ? null : outcomeOf(progress);
  useEffect(() => {
    if (state !== null && state !== 'running' && state !== 'undoing') {
      announce(t(`import.state-${state}`));
    }
  }, [state, t]);

  if (progress === null) {
    return error === null ? (
      <Skeleton lines={5} />
    ) : (
      <Panel title={t('import.title')} hideTitle>
        <ErrorState text={errorText(error, t)} onRetry={reload} />
      </Panel>
    );
  }
  if (progress.state === 'undoing') return <Undoing progress={progress} />;
  return progress.state === 'running' ? (
    <Running progress={progress} onChange={set} />
  ) : (
    <Result progress={progress} onUndone={reload} />
  );
}

/** An import that was undone has finished before; what counts is that it is undone. */
function outcomeOf(progress: ImportProgress): ImportProgress['state'] | 'undone' {
  return progress.undoneAt === null ? progress.state : 'undone';
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
            ...figuresOf(progress, t, i18n.language),
            {
              id: 'rate',
              label: t('import.rate'),
              value:
                progress.rowsPerSecond > 0
                  ? new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 }).format(
                      progress.rowsPerSecond,
                    )
                  : '–',
            },
            {
              id: 'left',
              label: t('import.left'),
              value:
                progress.secondsLeft === null ? '–' : formatDuration(progress.secondsLeft * 1000),
            },
          ]}
        />
        <p className={styles.faint}>{t('import.running-text')}</p>
      </div>
    </Panel>
  );
}

function Undoing({ progress }: { progress: ImportProgress }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('import.undoing')}>
      <div className={styles.stack}>
        <ProgressBar
          label={t('import.undoing')}
          value={progress.totalRows === null ? null : progress.rows}
          max={progress.totalRows ?? 1}
        />
        <p className={styles.faint}>{t('import.undoing-text')}</p>
      </div>
    </Panel>
  );
}

function Result({ progress, onUndone }: { progress: ImportProgress; onUndone: () => void }) {
  const { t, i18n } = useTranslation();
  const outcome = outcomeOf(progress);
  const good = outcome === 'finished';
  return (
    <Panel title={t('import.result')}>
      <div className={styles.stack}>
        <Notice
          tone={good ? 'talk' : outcome === 'failed' ? 'stop' : 'wait'}
          title={t(`import.state-${outcome}`)}
        >
          {progress.error === null
            ? t(good ? `import.done-${progress.kind}` : `import.state-${outcome}-text`)
            : t(`errors.${progress.error}`, { defaultValue: t('errors.internal') })}
        </Notice>
        <Figures
          items={[
            ...figuresOf(progress, t, i18n.language),
            {
              id: 'time',
              label: t('import.time'),
              value: formatDuration(progress.seconds * 1000),
            },
          ]}
        />
        <FileNotices progress={progress} />
        {progress.hasRejects ? <Rejects progress={progress} /> : null}
        <div className={styles.actions}>
          {good ? <NextSteps progress={progress} /> : null}
          <LinkButton look="quiet" href={toHash('/import', { kind: progress.kind })}>
            {t('import.another')}
          </LinkButton>
          {progress.undoable ? <UndoButton job={progress} onUndone={onUndone} /> : null}
        </div>
      </div>
    </Panel>
  );
}

/** Where one goes with what has come in. */
function NextSteps({ progress }: { progress: ImportProgress }) {
  const { t } = useTranslation();
  if (progress.kind === 'bankStatement') {
    return (progress.queued ?? 0) > 0 ? (
      <LinkButton look="primary" href={toHash('/bank')}>
        {t('import.open-queue', { count: progress.queued ?? 0 })}
      </LinkButton>
    ) : null;
  }
  if (progress.portfolioId === null) return null;
  return (
    <>
      <LinkButton look="primary" href={toHash('/portfolio', { portfolio: progress.portfolioId })}>
        {t('import.open-portfolio')}
      </LinkButton>
      {progress.kind === 'portfolio' ? (
        <LinkButton href={toHash('/campaigns/new', { portfolio: progress.portfolioId })}>
          {t('portfolio.new-campaign')}
        </LinkButton>
      ) : null}
    </>
  );
}
