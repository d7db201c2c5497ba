import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LookupJob } from '#shared/contract/index.ts';
import { useQuery } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Panel } from '../../components/index.ts';
import { Loaded } from '../rules/loaded.tsx';
import { GatewayForm } from './gateway-form.tsx';
import { GatewayList } from './gateway-list.tsx';
import { JobList } from './job-list.tsx';
import styles from './lookup-tab.module.css';
import { NewJob } from './new-job.tsx';

/** Asking networks whether numbers are in service: whom to ask, a new job with its cost, and what the last ones found. */
export function LookupTab() {
  const { t } = useTranslation();
  const gateways = useQueryData('lookup.list-gateways', {});
  const jobs = useJobs();
  const [chosen, choose] = useQuery('gateway');
  const list = gateways.value?.gateways ?? [];
  const gateway = list.find((one) => one.lookupGatewayId === chosen) ?? null;
  return (
    <div className={styles.columns}>
      <div className={styles.stack}>
        <NewJob gateways={gateways} onStarted={jobs.add} />
        <Panel title={t('lookup.jobs')} flush>
          <Loaded data={jobs.data} lines={5}>
            {() => <JobList jobs={jobs.list} />}
          </Loaded>
        </Panel>
      </div>
      <div className={styles.stack}>
        {chosen === 'new' || gateway !== null ? (
          <GatewayForm
            key={chosen}
            gateway={gateway}
            onClose={() => choose('')}
            onChanged={() => {
              gateways.reload();
              choose('');
            }}
          />
        ) : (
          <GatewayList data={gateways} />
        )}
      </div>
    </div>
  );
}

/** The jobs, newest first, as they go on. */
function useJobs() {
  const { client } = useServices();
  const data = useQueryData('lookup.list-jobs', {});
  const [pushed, setPushed] = useState<Record<string, LookupJob>>({});
  const add = (job: LookupJob): void => setPushed((now) => ({ ...now, [job.lookupJobId]: job }));
  useEffect(
    () =>
      client.on('lookup.job-changed', (job) =>
        setPushed((now) => ({ ...now, [job.lookupJobId]: job })),
      ),
    [client],
  );
  const stored = Object.fromEntries(
    (data.value?.jobs ?? []).map((job) => [job.lookupJobId, job] as const),
  );
  const list = Object.values({ ...stored, ...pushed }).sort((a, b) => b.createdAt - a.createdAt);
  return { data, list, add };
}
