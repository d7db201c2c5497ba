import { useCallback, useEffect, useRef, useState } from 'react';
import type { ExportProgress } from '#shared/contract/index.ts';
import { download } from '../../app/download.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';

export interface ExportJob {
  progress: ExportProgress | null;
  /** the file could not be fetched */
  error: unknown;
  /** follows a job that was just started; its file is saved as soon as it is there */
  follow: (progress: ExportProgress) => void;
  cancel: () => void;
  /** fetches the file once more, after it failed */
  fetchFile: () => void;
  saved: boolean;
}

/** One export of this person from its start to the file on their disk. */
export function useExportJob(): ExportJob {
  const { client } = useServices();
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [saved, setSaved] = useState(false);
  const open = useCommand('export.open');
  const stop = useCommand('export.cancel');
  const fetched = useRef<string | null>(null);
  const jobId = progress?.exportJobId ?? null;

  useEffect(() => {
    if (jobId === null) return;
    return client.on('export.progressed', (next) => {
      if (next.exportJobId === jobId) setProgress(next);
    });
  }, [client, jobId]);

  const openFile = open.run;
  const fetchFile = useCallback(async (): Promise<void> => {
    if (progress === null) return;
    setError(null);
    const opened = await openFile({ exportJobId: progress.exportJobId });
    if (opened === null) return;
    try {
      await download(opened.url, progress.fileName);
      setSaved(true);
    } catch (failure) {
      setError(failure);
    }
  }, [openFile, progress]);

  const finished = progress?.state === 'finished';
  useEffect(() => {
    if (!finished || fetched.current === jobId) return;
    fetched.current = jobId;
    void fetchFile();
  }, [finished, jobId, fetchFile]);

  return {
    progress,
    error,
    follow: (next) => {
      setSaved(false);
      setError(null);
      setProgress(next);
    },
    cancel: () => {
      if (jobId !== null) {
        void stop.run({ exportJobId: jobId }).then((next) => next && setProgress(next));
      }
    },
    fetchFile: () => void fetchFile(),
    saved,
  };
}
