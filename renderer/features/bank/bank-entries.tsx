import { Landmark, Undo2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BankEntry } from '#shared/contract/index.ts';
import type { BankEntryId } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { navigate, toHash, useQuery } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import {
  Button,
  type Column,
  Confirm,
  DataTable,
  DateOnly,
  EmptyState,
  ErrorState,
  Field,
  Input,
  Money,
  Panel,
  Select,
  Skeleton,
  StatusDot,
  type Tone,
} from '../../components/index.ts';
import styles from './bank-entries.module.css';

const states = ['matched', 'open', 'ignored'] as const;
const tones: Record<BankEntry['state'], Tone> = {
  matched: 'talk',
  open: 'wait',
  ignored: 'neutral',
};
const shown = 200;

/** Every entry that came in, with what became of it; what was booked wrongly is taken back here. */
export function BankEntries() {
  const { t } = useTranslation();
  const { client } = useServices();
  const [written, setState] = useQuery('state');
  const [text, setText] = useQuery('text');
  const state = states.find((one) => one === written);
  const data = useQueryData('bank.list', {
    limit: shown,
    ...(state ? { state } : {}),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  });
  const { reload } = data;
  useEffect(() => client.on('bank.changed', reload), [client, reload]);
  const columns = useEntryColumns(reload);
  return (
    <Panel title={t('bank.entries')} hideTitle flush className={styles.panel}>
      <div className={styles.tools}>
        <Field label={t('bank.find')} hideLabel className={styles.search}>
          <Input
            type="search"
            placeholder={t('bank.find')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </Field>
        <Select
          label={t('bank.state')}
          className={styles.state}
          value={state ?? 'all'}
          onChange={(next) => setState(next === 'all' ? '' : next)}
          options={[
            { value: 'all' as const, label: t('bank.state-all') },
            ...states.map((value) => ({ value, label: t(`bank.state-${value}`) })),
          ]}
        />
        {data.value?.cursor ? (
          <span className={styles.more}>{t('bank.more', { count: shown })}</span>
        ) : null}
      </div>
      {data.value === null ? (
        data.state === 'failed' ? (
          <ErrorState text={errorText(data.error, t)} onRetry={reload} />
        ) : (
          <Skeleton lines={8} />
        )
      ) : (
        <DataTable
          id="bank-entries"
          label={t('bank.entries')}
          columns={columns}
          rows={data.value.entries}
          rowId={(entry) => entry.bankEntryId}
          onOpen={(entry) => {
            if (entry.debtorId) navigate(`/debtor/${entry.debtorId}`);
          }}
          empty={
            <EmptyState
              icon={<Landmark size={24} aria-hidden="true" />}
              title={t('common.nothing-found')}
            />
          }
        />
      )}
    </Panel>
  );
}

function useEntryColumns(onChanged: () => void): Column<BankEntry>[] {
  const { t } = useTranslation();
  return useMemo<Column<BankEntry>[]>(
    () => [
      {
        id: 'bookedOn',
        header: t('bank.booked-on'),
        width: 116,
        value: (entry) => entry.bookedOn,
        cell: (entry) => <DateOnly date={entry.bookedOn} />,
      },
      {
        id: 'amount',
        header: t('import.field.amount'),
        width: 130,
        align: 'end',
        value: (entry) => entry.amountMinor,
        cell: (entry) => (
          <Money amounts={{ amountMinor: entry.amountMinor, currency: entry.currency }} />
        ),
      },
      {
        id: 'payer',
        header: t('import.field.payer'),
        width: 200,
        value: (entry) => entry.payer,
        cell: (entry) => entry.payer ?? '–',
      },
      {
        id: 'title',
        header: t('import.field.title'),
        width: 240,
        value: (entry) => entry.title,
        cell: (entry) => entry.title || '–',
      },
      {
        id: 'state',
        header: t('bank.state'),
        width: 130,
        value: (entry) => entry.state,
        cell: (entry) => (
          <StatusDot tone={tones[entry.state]} label={t(`bank.state-${entry.state}`)} />
        ),
      },
      {
        id: 'debtor',
        header: t('nav.debtor'),
        width: 200,
        value: (entry) => entry.debtorName,
        cell: (entry) =>
          entry.debtorId ? (
            <a className={styles.link} href={toHash(`/debtor/${entry.debtorId}`)} tabIndex={-1}>
              {entry.debtorName}
            </a>
          ) : (
            '–'
          ),
      },
      {
        id: 'matchedBy',
        header: t('bank.matched-by'),
        width: 160,
        cell: (entry) =>
          entry.matchedBy === null
            ? '–'
            : entry.matchedBy === 'person'
              ? (entry.personName ?? t('bank.a-person'))
              : t(`bank.reason-${entry.matchedBy}`),
      },
      {
        id: 'undo',
        header: t('bank.take-back'),
        width: 120,
        cell: (entry) =>
          entry.state === 'open' ? null : <TakeBack entry={entry} onDone={onChanged} />,
      },
    ],
    [t, onChanged],
  );
}

function TakeBack({ entry, onDone }: { entry: BankEntry; onDone: () => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { run, busy } = useCommand('bank.unmatch');
  const takeBack = async (): Promise<void> => {
    setAsking(false);
    await run({ bankEntryId: entry.bankEntryId as BankEntryId });
    onDone();
  };
  return (
    <>
      <Button
        look="quiet"
        disabled={busy}
        icon={<Undo2 size={14} aria-hidden="true" />}
        onClick={() => (entry.state === 'matched' ? setAsking(true) : void takeBack())}
      >
        {t('bank.take-back')}
      </Button>
      <Confirm
        open={asking}
        destructive
        title={t('bank.take-back-question')}
        text={t('bank.take-back-text', { name: entry.debtorName ?? '' })}
        action={t('bank.take-back')}
        onConfirm={() => void takeBack()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
