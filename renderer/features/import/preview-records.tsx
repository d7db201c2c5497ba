import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '#shared/contract/index.ts';
import { DateOnly, EmptyState, Money, Panel, Phone } from '../../components/index.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import styles from './preview-records.module.css';

type PreviewRecord = ImportPreview['records'][number];

/** The first records as they would be stored, with what is wrong or doubtful about each. */
export function PreviewRecords({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation();
  const bad = preview.records.filter((record) => record.problems.length > 0).length;
  return (
    <Panel
      title={t('import.records')}
      flush
      actions={
        <span className={styles.summary} role="status" data-bad={bad > 0}>
          {bad === 0
            ? t('import.records-good', { count: preview.records.length })
            : t('import.records-bad', { count: bad, all: preview.records.length })}
        </span>
      }
    >
      {preview.records.length === 0 ? (
        <EmptyState title={t('import.no-records')} text={t('import.no-records-text')} />
      ) : (
        <ScrollRegion
          label={t('scroll.rows-of', { name: t('import.records') })}
          className={styles.scroller}
        >
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col" className={styles.number}>
                  {t('import.line')}
                </th>
                <th scope="col">{t('portfolio.name')}</th>
                <th scope="col">{t('portfolio.reference')}</th>
                <th scope="col" className={styles.number}>
                  {t('portfolio.balance')}
                </th>
                <th scope="col">{t('import.field.dueOn')}</th>
                <th scope="col">{t('portfolio.phones')}</th>
                <th scope="col">{t('import.remarks')}</th>
              </tr>
            </thead>
            <tbody>
              {preview.records.map((record) => (
                <Row key={record.line} record={record} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}

function Row({ record }: { record: PreviewRecord }) {
  const { t } = useTranslation();
  return (
    <tr data-bad={record.problems.length > 0}>
      <td className={styles.number}>{record.line}</td>
      <td className={styles.name}>{record.displayName ?? '–'}</td>
      <td>{record.debtRef ?? '–'}</td>
      <td className={styles.number}>
        {record.balance === null ? '–' : <Money amounts={record.balance} />}
      </td>
      <td className={styles.date}>
        {record.dueOn === null ? '–' : <DateOnly date={record.dueOn} />}
      </td>
      <td className={styles.phones}>
        {record.phones.length === 0
          ? '–'
          : record.phones.map((phone) => (
              <span key={phone}>
                <Phone number={phone} />
              </span>
            ))}
      </td>
      <td>
        {record.problems.length + record.warnings.length === 0 ? (
          <span className={styles.good}>
            <CircleCheck size={14} aria-hidden="true" />
            {t('import.fine')}
          </span>
        ) : (
          <ul className={styles.remarks}>
            {record.problems.map((problem) => (
              <li key={problem} data-kind="problem">
                <CircleAlert size={14} aria-hidden="true" />
                {t('import.rejected-because', { reason: t(`import.finding.${problem}`) })}
              </li>
            ))}
            {record.warnings.map((warning) => (
              <li key={warning} data-kind="warning">
                <TriangleAlert size={14} aria-hidden="true" />
                {t(`import.finding.${warning}`)}
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}
