import type { TFunction } from 'i18next';
import type { ImportProgress } from '#shared/contract/index.ts';
import type { Figure } from '../../components/figures.tsx';

/** What came of the records so far, or what would come of them. */
export function figuresOf(progress: ImportProgress, t: TFunction, locale: string): Figure[] {
  const number = (value: number): string => new Intl.NumberFormat(locale).format(value);
  const figure = (id: string, value: number, tone?: Figure['tone']): Figure => ({
    id,
    label: t(`import.figure-${id}`),
    value: number(value),
    ...(tone && value > 0 ? { tone } : {}),
  });
  return [
    {
      id: 'rows',
      label: t('import.figure-rows'),
      value: number(progress.rows),
      note: progress.totalRows === null ? undefined : `/ ${number(progress.totalRows)}`,
    },
    figure('imported', progress.imported),
    figure('updated', progress.updated),
    figure('unchanged', progress.unchanged),
    ...(progress.queued === undefined ? [] : [figure('queued', progress.queued, 'wait')]),
    ...(progress.ignored === undefined ? [] : [figure('ignored', progress.ignored)]),
    figure('rejected', progress.rejected, 'stop'),
  ];
}
