import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton, NumberField, Select } from '../../components/index.ts';
import styles from './hours-table.module.css';
import { moved } from './moved.ts';
import {
  type HourRow,
  isEmptyRow,
  newHourRow,
  numberKinds,
  type Rank,
  rankOf,
  ranks,
  withRank,
} from './number-hours.ts';

const days = ['every', 'workdays', 'weekend'] as const;
const rankKeys: Record<Rank, string> = {
  '1': 'number-hours.rank-1',
  '2': 'number-hours.rank-2',
  '3': 'number-hours.rank-3',
  '4': 'number-hours.rank-4',
  last: 'number-hours.rank-last',
  never: 'number-hours.rank-never',
};

/** Which of a debtor's numbers at which hour: the first row that fits the hour holds. */
export function HoursTable({
  rows,
  onChange,
}: {
  rows: readonly HourRow[];
  onChange: (rows: HourRow[]) => void;
}) {
  const { t } = useTranslation();
  const replace = (index: number, row: HourRow): void =>
    onChange(rows.map((one, at) => (at === index ? row : one)));
  const rankOptions = ranks.map((rank) => ({ value: rank, label: t(rankKeys[rank]) }));
  return (
    <div className={styles.frame}>
      {rows.length === 0 ? (
        <p className={styles.none}>{t('number-hours.none')}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('number-hours.days')}</th>
              <th scope="col">{t('number-hours.from')}</th>
              <th scope="col">{t('number-hours.to')}</th>
              {numberKinds.map((kind) => (
                <th key={kind} scope="col">
                  {t(`number-kind.${kind}`)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => {
              const place = index + 1;
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
                <tr key={index} data-empty={isEmptyRow(row)}>
                  <td className={styles.days}>
                    <Select
                      label={t('number-hours.days-of', { place })}
                      value={row.days}
                      options={days.map((value) => ({
                        value,
                        label: t(`number-hours.days-${value}`),
                      }))}
                      onChange={(value) => replace(index, { ...row, days: value })}
                    />
                  </td>
                  {(['from', 'to'] as const).map((edge) => (
                    <td key={edge} className={styles.hour}>
                      <NumberField
                        label={t(`number-hours.${edge}-of`, { place })}
                        value={row[edge]}
                        min={0}
                        max={24}
                        onChange={(value) =>
                          value !== null && replace(index, { ...row, [edge]: value })
                        }
                      />
                    </td>
                  ))}
                  {numberKinds.map((kind) => (
                    <td key={kind} className={styles.rank} data-rank={rankOf(row, kind)}>
                      <Select
                        label={t('number-hours.rank-of', {
                          place,
                          kind: t(`number-kind.${kind}`),
                        })}
                        value={rankOf(row, kind)}
                        options={rankOptions}
                        onChange={(rank) => replace(index, withRank(row, kind, rank))}
                      />
                    </td>
                  ))}
                  <td className={styles.tools}>
                    <IconButton
                      label={t('number-hours.up', { place })}
                      icon={<ArrowUp size={14} aria-hidden="true" />}
                      disabled={index === 0}
                      onClick={() => onChange(moved(rows, index, -1))}
                    />
                    <IconButton
                      label={t('number-hours.down', { place })}
                      icon={<ArrowDown size={14} aria-hidden="true" />}
                      disabled={index === rows.length - 1}
                      onClick={() => onChange(moved(rows, index, 1))}
                    />
                    <IconButton
                      label={t('number-hours.remove', { place })}
                      icon={<Trash2 size={14} aria-hidden="true" />}
                      onClick={() => onChange(rows.filter((_, at) => at !== index))}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {rows.some(isEmptyRow) ? (
        <p className={styles.wrong}>{t('number-hours.turned-round')}</p>
      ) : null}
      <div>
        <Button
          icon={<Plus size={14} aria-hidden="true" />}
          disabled={rows.length >= 24}
          onClick={() => onChange([...rows, newHourRow])}
        >
          {t('number-hours.add')}
        </Button>
      </div>
    </div>
  );
}
