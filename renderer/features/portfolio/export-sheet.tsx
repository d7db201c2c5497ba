import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  DocumentLanguage,
  ExportColumn,
  ExportFormat,
  ListFilter,
  ListSort,
} from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, ErrorState, Field, Select, SideSheet, Skeleton } from '../../components/index.ts';
import { ExportProgressLine, useExportJob } from '../exports/index.ts';
import { ChoiceList } from './choice-list.tsx';
import styles from './export-sheet.module.css';

/** The list as a file: which columns, in which format. What the filter finds is what is written, however many. */
export function ExportSheet({
  open,
  onClose,
  filter,
  sort,
  total,
}: {
  open: boolean;
  onClose: () => void;
  filter: ListFilter;
  sort: ListSort;
  total: number;
}) {
  const { t, i18n } = useTranslation();
  const language = i18n.language as DocumentLanguage;
  const described = useQueryData('export.describe', open ? { language } : null);
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const [chosen, setChosen] = useState<string[] | null>(null);
  const { run, busy } = useCommand('export.list');
  const job = useExportJob();
  const table = described.value?.tables.find((one) => one.table === 'debtors') ?? null;
  const columns =
    chosen ??
    table?.columns.filter((column) => column.inDefault).map((column) => column.column) ??
    [];
  const running = job.progress?.state === 'running';

  const start = async (): Promise<void> => {
    if (table === null) return;
    // in the order in which they are offered, not in that of the clicks
    const ordered = table.columns
      .map((column) => column.column)
      .filter((column) => columns.includes(column)) as ExportColumn<'debtors'>[];
    const started = await run({
      list: { table: 'debtors', columns: ordered, filter, sort },
      format,
      language,
    });
    if (started) job.follow(started);
  };

  return (
    <SideSheet
      open={open}
      onClose={onClose}
      title={t('export.title')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.close')}</Button>
          <Button
            look="primary"
            disabled={busy || running || columns.length === 0 || table === null}
            icon={<Download size={14} aria-hidden="true" />}
            onClick={() => void start()}
          >
            {t('export.start', { count: total })}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <ExportProgressLine job={job} />
        <Field label={t('export.format')}>
          <Select
            value={format}
            onChange={setFormat}
            options={[
              { value: 'xlsx' as const, label: t('export.xlsx') },
              { value: 'csv' as const, label: t('export.csv') },
            ]}
          />
        </Field>
        {table === null ? (
          described.state === 'failed' ? (
            <ErrorState text={errorText(described.error, t)} onRetry={described.reload} />
          ) : (
            <Skeleton lines={8} />
          )
        ) : (
          <fieldset className={styles.columns}>
            <legend className={styles.legend}>{t('export.columns')}</legend>
            <ChoiceList
              options={table.columns.map((column) => ({
                value: column.column,
                label: column.header,
              }))}
              chosen={columns}
              onChange={setChosen}
              tall
            />
            <p className={styles.hint}>{t('export.sensitive')}</p>
          </fieldset>
        )}
      </div>
    </SideSheet>
  );
}
