import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../app/errors.ts';
import type { QueryData } from '../../app/use-query-data.ts';
import { ErrorState, Skeleton } from '../../components/index.ts';

/** What was asked for, once it is there; its place while it is on its way, and what failed. */
export function Loaded<Value>({
  data,
  lines = 6,
  children,
}: {
  data: QueryData<Value>;
  lines?: number;
  children: (value: Value) => ReactNode;
}) {
  const { t } = useTranslation();
  if (data.value !== null) return children(data.value);
  if (data.state === 'failed') {
    return <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />;
  }
  return <Skeleton lines={lines} />;
}
