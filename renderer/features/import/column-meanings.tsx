import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ImportField,
  ImportKind,
  ImportMapping,
  ImportPreview,
} from '#shared/contract/index.ts';
import { Panel, Select } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import styles from './column-meanings.module.css';
import { fieldsFor, type MappingDoubt } from './mapping-fields.ts';
import { withColumn } from './mapping-state.ts';

const sampleCount = 3;
const doubtKeys: Record<MappingDoubt, string> = {
  phone: 'import.doubt-phone',
  debtRef: 'import.doubt-debt-ref',
  debtorRef: 'import.doubt-debtor-ref',
};

/** One line for each column of the file: its name, some of its values, and what they mean. */
export function ColumnMeanings({
  kind,
  mapping,
  preview,
  doubts,
  onChange,
}: {
  kind: ImportKind;
  mapping: ImportMapping;
  preview: ImportPreview;
  doubts: readonly MappingDoubt[];
  onChange: (mapping: ImportMapping) => void;
}) {
  const { t } = useTranslation();
  const options = useMemo(
    () => fieldsFor(kind).map((value) => ({ value, label: t(`import.field.${value}`) })),
    [kind, t],
  );
  const used = mapping.columns.filter((field) => field !== 'ignore').length;
  return (
    <Panel
      title={t('import.meanings')}
      flush
      actions={
        <span className={styles.count}>
          {t('import.columns-used', { used, count: mapping.columns.length })}
        </span>
      }
    >
      {doubts.length > 0 ? (
        <div className={styles.doubts}>
          <Notice tone="wait" title={t('import.doubts')}>
            <ul>
              {doubts.map((doubt) => (
                <li key={doubt}>{t(doubtKeys[doubt])}</li>
              ))}
            </ul>
          </Notice>
        </div>
      ) : null}
      <div className={styles.scroller}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.samples')}</th>
              <th scope="col">{t('import.meaning')}</th>
            </tr>
          </thead>
          <tbody>
            {mapping.columns.map((field, index) => (
              <tr
                key={columnName(preview, index, t('import.column'))}
                data-ignored={field === 'ignore'}
              >
                <th scope="row">{columnName(preview, index, t('import.column'))}</th>
                <td className={styles.samples}>{samplesOf(preview, index).join(' · ') || '–'}</td>
                <td className={styles.choice}>
                  <Select<ImportField>
                    label={t('import.meaning-of', {
                      column: columnName(preview, index, t('import.column')),
                    })}
                    value={field}
                    options={options}
                    onChange={(next) => onChange(withColumn(mapping, index, next))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function columnName(preview: ImportPreview, index: number, word: string): string {
  const header = preview.headers[index]?.trim();
  return header || `${word} ${index + 1}`;
}

function samplesOf(preview: ImportPreview, index: number): string[] {
  const values = preview.rawRows.map((row) => row[index]?.trim() ?? '').filter(Boolean);
  return [...new Set(values)].slice(0, sampleCount);
}
