import { useEffect, useState } from 'react';
import type { ImportProgress } from '#shared/contract/index.ts';
import type { ImportJobId } from '#shared/domain/index.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { newerProgress } from './progress-order.ts';

/** How one import stands: what the engine said when asked, then its events. */
export function useImportJob(importJobId: string): {
  progress: ImportProgress | null;
  error: unknown;
  reload: () => void;
  set: (progress: ImportProgress) => void;
} {
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
  return {
    progress: newerProgress(data.value, latest),
    error: data.state === 'failed' ? data.error : null,
    reload: data.reload,
    set: setLatest,
  };
}
