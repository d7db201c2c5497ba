import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { useConnection } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import {
  Button,
  EmptyState,
  IconButton,
  NumberField,
  Panel,
  Select,
  toast,
} from '../../components/index.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import styles from './keeping-page.module.css';
import { fromPeriod, type Period, toPeriod } from './keeping-period.ts';
import { Loaded } from './loaded.tsx';
import { placeName } from './place-name.ts';
import { durationText, word } from './rule-words.ts';
import { useRulesQuery } from './use-rules-query.ts';
import { useWords } from './use-words.ts';

type Row = CommandOutput<'rules.get-retention'>['periods'][number];
const keyOf = (row: Row): string => `${row.jurisdiction} ${row.artefact}`;

/** Periods per place and kind of record: what law demands and allows beside what the firm has chosen. */
export function KeepingPeriods() {
  const { t } = useTranslation();
  const admin = useConnection((view) => view.principal?.role === 'admin');
  const data = useRulesQuery('rules.get-retention', {});
  const [editing, setEditing] = useState<string | null>(null);
  const columns = ['place', 'record', 'at-least', 'at-most', 'chosen', 'effective'] as const;
  return (
    <Panel title={t('rule-keeping.periods')} flush>
      <Loaded data={data}>
        {({ periods }) =>
          periods.length === 0 ? (
            <EmptyState title={t('rule-keeping.none')} text={t('rule-keeping.none-text')} />
          ) : (
            <ScrollRegion
              className={styles.scroll}
              label={t('rule-keeping.table-of', { name: t('rule-keeping.periods') })}
            >
              <table className={styles.table}>
                <thead>
                  <tr>
                    {columns.map((column) => (
                      <th key={column} scope="col">
                        {t(`rule-keeping.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {periods.map((row) => (
                    <PeriodRow
                      key={keyOf(row)}
                      row={row}
                      admin={admin}
                      editing={editing === keyOf(row)}
                      onEdit={() => setEditing(keyOf(row))}
                      onDone={() => {
                        setEditing(null);
                        data.reload();
                      }}
                    />
                  ))}
                </tbody>
              </table>
            </ScrollRegion>
          )
        }
      </Loaded>
      {admin ? null : <p className={styles.foot}>{t('rule-pages.admin-changes')}</p>}
    </Panel>
  );
}

function PeriodRow({
  row,
  admin,
  editing,
  onEdit,
  onDone,
}: {
  row: Row;
  admin: boolean;
  editing: boolean;
  onEdit: () => void;
  onDone: () => void;
}) {
  const words = useWords();
  const { t, locale } = words;
  const length = (iso: string | null): string => (iso === null ? '–' : durationText(iso, locale));
  const name = `${word(words, 'artefact', row.artefact)}, ${placeName(row.jurisdiction, words)}`;
  return (
    <tr>
      <td>{placeName(row.jurisdiction, words)}</td>
      <th scope="row">
        {word(words, 'artefact', row.artefact)}
        <span className={styles.faint}>
          {t('rule-keeping.from', { anchor: word(words, 'anchor', row.anchor) })}
        </span>
      </th>
      <td>
        {length(row.atLeast)}
        {row.atLeastSource ? <span className={styles.faint}>{row.atLeastSource}</span> : null}
      </td>
      <td>
        {length(row.atMost)}
        {row.atMostSource ? <span className={styles.faint}>{row.atMostSource}</span> : null}
        {row.atMost === null || row.atMostActs ? null : (
          <span className={styles.faint}>{t('rule-keeping.proposed')}</span>
        )}
      </td>
      <td>
        {editing ? (
          <PeriodForm row={row} name={name} onDone={onDone} />
        ) : (
          <span className={styles.chosen}>
            {row.chosen === null ? t('rule-keeping.as-law') : length(row.chosen)}
            {admin ? (
              <IconButton
                label={t('rule-keeping.change', { name })}
                icon={<Pencil size={14} aria-hidden="true" />}
                onClick={onEdit}
              />
            ) : null}
          </span>
        )}
      </td>
      <td>
        {row.effective === null
          ? t('rule-keeping.kept-always')
          : t('rule-keeping.removed-after', { length: length(row.effective) })}
      </td>
    </tr>
  );
}

function PeriodForm({ row, name, onDone }: { row: Row; name: string; onDone: () => void }) {
  const { t } = useTranslation();
  const [period, setPeriod] = useState<Period>(() => toPeriod(row.chosen));
  const { run, busy } = useCommand('rules.set-retention');
  const save = async (): Promise<void> => {
    const { artefact, jurisdiction } = row;
    const saved = await run({ artefact, jurisdiction, chosen: fromPeriod(period) });
    if (saved === null) return;
    toast('done', t('rule-keeping.saved'));
    announce(t('rule-keeping.saved'));
    onDone();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <NumberField
        label={t('rule-keeping.count', { name })}
        min={0}
        max={999}
        value={period.count}
        onChange={(count) => setPeriod({ ...period, count })}
      />
      <Select
        label={t('rule-keeping.unit', { name })}
        value={period.unit}
        onChange={(unit) => setPeriod({ ...period, unit })}
        options={(['D', 'M', 'Y'] as const).map((value) => ({
          value,
          label: t(`rule-keeping.unit-${value}`),
        }))}
      />
      <Button type="submit" look="primary" disabled={busy}>
        {t('common.save')}
      </Button>
      <Button look="quiet" onClick={onDone}>
        {t('common.cancel')}
      </Button>
    </form>
  );
}
