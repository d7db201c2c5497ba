import { useTranslation } from 'react-i18next';
import type { LookupJob } from '#shared/contract/index.ts';
import { useCampaigns } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, DateTime, EmptyState, StatusDot, type Tone } from '../../components/index.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import styles from './lookup-tab.module.css';
import { microText } from './micro-money.ts';

const tones: Record<LookupJob['state'], Tone> = {
  running: 'accent',
  finished: 'talk',
  stopped: 'neutral',
  failed: 'stop',
  budgetSpent: 'wait',
};
const statuses = ['reachable', 'absent', 'dead', 'invalid', 'unknown'] as const;
const statusTones: Record<(typeof statuses)[number], Tone> = {
  reachable: 'talk',
  absent: 'wait',
  dead: 'stop',
  invalid: 'stop',
  unknown: 'neutral',
};

/** Jobs with their progress, what they cost, and what they found. */
export function JobList({ jobs }: { jobs: readonly LookupJob[] }) {
  const { t } = useTranslation();
  const portfolios = useQueryData('debtor.list-portfolios', {}).value?.portfolios ?? [];
  if (jobs.length === 0) {
    return <EmptyState title={t('lookup.no-jobs')} text={t('lookup.no-jobs-text')} />;
  }
  return (
    <ul>
      {jobs.map((job) => (
        <Job
          key={job.lookupJobId}
          job={job}
          portfolioName={
            portfolios.find((one) => one.portfolioId === job.portfolioId)?.name ?? null
          }
        />
      ))}
    </ul>
  );
}

function Job({ job, portfolioName }: { job: LookupJob; portfolioName: string | null }) {
  const { t, i18n } = useTranslation();
  const campaignName = useCampaigns(
    (view) => (job.campaignId === null ? null : view.byId[job.campaignId]?.name) ?? null,
  );
  const { run, busy } = useCommand('lookup.stop');
  const number = new Intl.NumberFormat(i18n.language);
  const name = campaignName ?? portfolioName ?? t('lookup.whose-filter');
  const currency = job.currency ?? 'EUR';
  const asked = job.done + job.failed + job.fromCache;
  return (
    <li className={styles.item}>
      <div className={styles.line}>
        <span className={styles.name}>{name}</span>
        <StatusDot tone={tones[job.state]} label={t(`lookup.state-${job.state}`)} />
      </div>
      {job.state === 'running' ? (
        <ProgressBar label={t('lookup.progress-of', { name })} value={asked} max={job.numbers} />
      ) : null}
      <div className={styles.line}>
        <span className={styles.faint}>
          {[
            job.gatewayName,
            t('lookup.done-of', {
              done: number.format(asked),
              numbers: number.format(job.numbers),
            }),
            t('lookup.cached', { count: job.fromCache }),
            job.budgetMicro === null
              ? microText(job.costMicro, currency, i18n.language)
              : t('lookup.cost-of-budget', {
                  cost: microText(job.costMicro, currency, i18n.language),
                  budget: microText(job.budgetMicro, currency, i18n.language),
                }),
          ].join(' · ')}{' '}
          · <DateTime at={job.createdAt} />
        </span>
        {job.state === 'running' ? (
          <Button
            disabled={busy}
            aria-label={t('campaign.action-of', { action: t('lookup.stop'), name })}
            onClick={() => void run({ lookupJobId: job.lookupJobId })}
          >
            {t('lookup.stop')}
          </Button>
        ) : null}
      </div>
      <div className={styles.found}>
        {statuses
          .filter((status) => (job.found[status] ?? 0) > 0)
          .map((status) => (
            <StatusDot
              key={status}
              tone={statusTones[status]}
              label={`${t(`line-status.${status}`)} ${number.format(job.found[status] ?? 0)}`}
            />
          ))}
      </div>
      {job.error === null ? null : (
        <p className={styles.failed}>
          {t(`errors.${job.error}`, {
            defaultValue: t('lookup.failed-because', { why: job.error }),
          })}
        </p>
      )}
      {job.failed > 0 && job.error === null ? (
        <p className={styles.faint}>{t('lookup.unanswered', { count: job.failed })}</p>
      ) : null}
    </li>
  );
}
