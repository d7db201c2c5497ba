import { FileDown, Phone as PhoneIcon, Plus } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PoolNumber } from '#shared/contract/index.ts';
import { useQuery } from '../../app/router.ts';
import { useConnection, useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  Panel,
  Phone,
} from '../../components/index.ts';
import { Loaded } from '../rules/loaded.tsx';
import { IntervalBar } from './interval-bar.tsx';
import { NumberDetail } from './number-detail.tsx';
import { NumberForm } from './number-form.tsx';
import { NumberState } from './number-state.tsx';
import styles from './numbers-tab.module.css';
import { rateText } from './rate-text.ts';
import { ReportsImport } from './reports-import.tsx';

/** The pool: every number with what came of showing it; one of them, a new one, or a list of reports beside the table. */
export function NumbersTab() {
  const { t } = useTranslation();
  const { client } = useServices();
  const mayEdit = useConnection((view) => view.principal?.role === 'admin');
  const [includeRetired, setIncludeRetired] = useState(false);
  const [chosen, choose] = useQuery('number');
  const data = useQueryData('caller-id.list', { includeRetired });
  const { reload } = data;
  useEffect(() => client.on('caller-id.changed', reload), [client, reload]);
  const columns = useColumns();
  const number = data.value?.numbers.find((one) => one.callerIdId === chosen) ?? null;
  const beside = (): React.ReactNode => {
    if (chosen === 'import') {
      return <ReportsImport onClose={() => choose('')} onDone={reload} />;
    }
    if (chosen === 'new' && mayEdit) {
      return (
        <NumberForm
          onClose={() => choose('')}
          onSaved={(saved) => {
            reload();
            choose(saved.callerIdId);
          }}
        />
      );
    }
    return number === null ? null : (
      <NumberDetail
        key={number.callerIdId}
        number={number}
        onChanged={reload}
        onClose={() => choose('')}
      />
    );
  };
  const detail = beside();
  const add = mayEdit ? (
    <Button
      look="primary"
      icon={<Plus size={14} aria-hidden="true" />}
      onClick={() => choose('new')}
    >
      {t('numbers.add')}
    </Button>
  ) : null;
  return (
    <div className={styles.columns} data-detail={detail !== null}>
      <Panel
        title={t('numbers.pool')}
        flush
        className={styles.panel}
        actions={
          <>
            <Checkbox
              label={t('numbers.with-retired')}
              checked={includeRetired}
              onChange={setIncludeRetired}
            />
            <Button
              icon={<FileDown size={14} aria-hidden="true" />}
              onClick={() => choose('import')}
            >
              {t('numbers.import')}
            </Button>
            {data.value !== null && data.value.numbers.length > 0 ? add : null}
          </>
        }
      >
        <Loaded data={data} lines={8}>
          {({ numbers }) =>
            numbers.length === 0 ? (
              <EmptyState
                icon={<PhoneIcon size={24} aria-hidden="true" />}
                title={t('numbers.empty')}
                text={t('numbers.empty-text')}
                action={add}
              />
            ) : (
              <DataTable
                id="caller-ids"
                label={t('numbers.pool')}
                columns={columns}
                rows={numbers}
                rowId={(row) => row.callerIdId}
                currentId={chosen}
                onCurrent={(row) => choose(row.callerIdId)}
                onOpen={(row) => choose(row.callerIdId)}
              />
            )
          }
        </Loaded>
      </Panel>
      {detail === null ? null : <div className={styles.detail}>{detail}</div>}
    </div>
  );
}

function useColumns(): Column<PoolNumber>[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const rate = (counts: PoolNumber['today']): React.ReactNode => (
      <span title={t('numbers.answers-of', { answers: counts.answers, count: counts.calls })}>
        {rateText(counts.answerRate, i18n.language)}{' '}
        <span className={styles.faint}>
          / {new Intl.NumberFormat(i18n.language).format(counts.calls)}
        </span>
      </span>
    );
    return [
      {
        id: 'number',
        header: t('numbers.number'),
        width: 250,
        value: (row) => row.e164,
        cell: (row) => (
          <span className={styles.number}>
            <Phone number={row.e164} />
            {row.label ? <span className={styles.faint}>{row.label}</span> : null}
          </span>
        ),
      },
      {
        id: 'state',
        header: t('numbers.state'),
        width: 150,
        value: (row) => row.state,
        cell: (row) => <NumberState brief number={row} />,
      },
      {
        id: 'today',
        header: t('numbers.today'),
        width: 104,
        align: 'end',
        value: (row) => row.today.answerRate ?? -1,
        cell: (row) => rate(row.today),
      },
      {
        id: 'days30',
        header: t('numbers.days30'),
        width: 116,
        align: 'end',
        value: (row) => row.days30.answerRate ?? -1,
        cell: (row) => rate(row.days30),
      },
      {
        id: 'against',
        header: t('numbers.against'),
        width: 172,
        value: (row) => row.against?.ratio ?? 0,
        cell: (row) => <IntervalBar against={row.against} />,
      },
      {
        id: 'reports',
        header: t('numbers.reports'),
        width: 84,
        align: 'end',
        value: (row) => row.reports,
        cell: (row) => (row.reports === 0 ? '–' : row.reports),
      },
      {
        id: 'proof',
        header: t('numbers.proof'),
        width: 130,
        value: (row) => row.proof?.kind ?? '',
        cell: (row) => (row.proof === null ? '–' : t(`numbers.proof-${row.proof.kind}`)),
      },
      {
        id: 'campaigns',
        header: t('numbers.campaigns'),
        width: 170,
        cell: (row) => row.campaigns.join(', ') || '–',
      },
    ];
  }, [t, i18n.language]);
}
