import { useTranslation } from 'react-i18next';
import type { ImportJobId } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatWhen } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { ErrorState, Skeleton } from '../../components/index.ts';
import { ChoiceList } from './choice-list.tsx';

/** Which imports made or last changed a debtor. */
export function ImportChoice({
  chosen,
  onChange,
}: {
  chosen: readonly ImportJobId[];
  onChange: (importJobIds: ImportJobId[]) => void;
}) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const data = useQueryData('import.list-jobs', { kind: 'portfolio', limit: 100 });
  if (data.value === null) {
    return data.state === 'failed' ? (
      <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
    ) : (
      <Skeleton lines={3} />
    );
  }
  return (
    <ChoiceList
      options={data.value.jobs
        .filter((job) => !job.dryRun)
        .map((job) => ({
          value: job.importJobId,
          label: `${job.fileName} · ${formatWhen(job.startedAt, clock.now(), i18n.language)}`,
        }))}
      chosen={chosen}
      onChange={onChange}
    />
  );
}
