import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProgress } from '#shared/contract/index.ts';
import { download } from '../../app/download.ts';
import { errorText } from '../../app/errors.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';

/** Records that were left out, to be taken home, corrected and imported again. */
export function Rejects({ progress }: { progress: ImportProgress }) {
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

/** What was noticed about the file as a whole. */
export function FileNotices({ progress }: { progress: ImportProgress }) {
  const { t } = useTranslation();
  const notices = progress.notices ?? [];
  if (notices.length === 0) return null;
  return (
    <Notice tone="wait" title={t('import.notices')}>
      <ul>
        {notices.map((notice) => (
          <li key={`${notice.line} ${notice.finding}`}>
            {t('import.notice', {
              line: notice.line,
              finding: t(`import.finding.${notice.finding}`),
              text: notice.text,
            })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
