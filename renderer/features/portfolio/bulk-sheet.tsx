import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkJob, CommandInput } from '#shared/contract/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, SideSheet } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { type BulkKind, bulkActionOf, emptyBulkDraft } from './bulk-action.ts';
import { BulkFields } from './bulk-fields.tsx';
import styles from './bulk-sheet.module.css';

export type BulkDebtors = CommandInput<'list.bulk'>['debtors'];

/** One action for many debtors: its fields, for how many it is, and the step that starts it. */
export function BulkSheet({
  kind,
  debtors,
  marked,
  onClose,
  onStarted,
}: {
  kind: BulkKind;
  debtors: BulkDebtors;
  /** as it was when they were marked */
  marked: number;
  onClose: () => void;
  onStarted: (job: BulkJob) => void;
}) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(emptyBulkDraft);
  const { run, busy } = useCommand('list.bulk');
  // the list may have changed since they were marked: what counts is how many there are now
  const counted = useQueryData(
    'list.count',
    'filter' in debtors ? { filter: debtors.filter } : null,
  );
  const count = 'filter' in debtors ? (counted.value?.total ?? null) : debtors.debtorIds.length;
  const action = bulkActionOf(kind, draft);

  const start = async (): Promise<void> => {
    if (action === null || count === null) return;
    const job = await run({ debtors, action });
    if (job) onStarted(job);
  };
  return (
    <SideSheet
      open
      onClose={onClose}
      title={t(`bulk.${kind}`)}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            disabled={busy || action === null || count === null || count === 0}
            onClick={() => void start()}
          >
            {t('bulk.start', { count: count ?? marked })}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <Notice tone="accent" live title={t('bulk.for', { count: count ?? marked })}>
          {count !== null && count !== marked
            ? t('bulk.changed-since', { count: marked })
            : t(`bulk.${kind}-text`)}
        </Notice>
        <BulkFields kind={kind} draft={draft} onChange={setDraft} />
      </div>
    </SideSheet>
  );
}
