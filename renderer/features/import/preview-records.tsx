import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ImportKind, ImportPreview } from '#shared/contract/index.ts';
import { DateOnly, EmptyState, Money, Panel, Phone } from '../../components/index.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import styles from './preview-records.module.css';

type PreviewRecord = ImportPreview['records'][number];

/** The first records as they would be stored, with what is wrong or doubtful about each. */
export function PreviewRecords({ kind, preview }: { kind: ImportKind; preview: ImportPreview }) {
  const { t } = useTranslation();
  const shown = shownOf[kind];
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
                {shown.name ? <th scope="col">{t(nameKeys[kind])}</th> : null}
                {shown.reference ? <th scope="col">{t('portfolio.reference')}</th> : null}
                {shown.amount ? (
                  <th scope="col" className={styles.number}>
                    {t(kind === 'portfolio' ? 'portfolio.balance' : 'import.field.amount')}
                  </th>
                ) : null}
                {shown.date ? <th scope="col">{t(dateKeys[kind])}</th> : null}
                {shown.phones ? <th scope="col">{t('portfolio.phones')}</th> : null}
                {shown.summary ? <th scope="col">{t('import.summary')}</th> : null}
                <th scope="col">{t('import.remarks')}</th>
              </tr>
            </thead>
            <tbody>
              {preview.records.map((record) => (
                <Row key={record.line} record={record} shown={shown} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}

/** Columns that records of this kind have. */
interface Shown {
  name: boolean;
  reference: boolean;
  amount: boolean;
  date: boolean;
  phones: boolean;
  summary: boolean;
}

const shownOf: Record<ImportKind, Shown> = {
  portfolio: {
    name: true,
    reference: true,
    amount: true,
    date: true,
    phones: true,
    summary: false,
  },
  payments: {
    name: true,
    reference: true,
    amount: true,
    date: true,
    phones: false,
    summary: true,
  },
  bankStatement: {
    name: true,
    reference: false,
    amount: true,
    date: true,
    phones: false,
    summary: true,
  },
  agencyHistory: {
    name: false,
    reference: true,
    amount: false,
    date: true,
    phones: false,
    summary: true,
  },
  doNotCall: {
    name: false,
    reference: false,
    amount: false,
    date: false,
    phones: true,
    summary: false,
  },
};
const nameKeys: Record<ImportKind, string> = {
  portfolio: 'portfolio.name',
  payments: 'import.field.payer',
  bankStatement: 'import.field.payer',
  agencyHistory: 'portfolio.name',
  doNotCall: 'portfolio.name',
};
const dateKeys: Record<ImportKind, string> = {
  portfolio: 'import.field.dueOn',
  payments: 'import.field.paidOn',
  bankStatement: 'import.field.paidOn',
  agencyHistory: 'import.field.at',
  doNotCall: 'import.field.at',
};

function Row({ record, shown }: { record: PreviewRecord; shown: Shown }) {
  const { t } = useTranslation();
  return (
    <tr data-bad={record.problems.length > 0}>
      <td className={styles.number}>{record.line}</td>
      {shown.name ? <td className={styles.name}>{record.displayName ?? '–'}</td> : null}
      {shown.reference ? <td>{record.debtRef ?? '–'}</td> : null}
      {shown.amount ? (
        <td className={styles.number}>
          {record.balance === null ? '–' : <Money amounts={record.balance} />}
        </td>
      ) : null}
      {shown.date ? (
        <td className={styles.date}>
          {record.dueOn === null ? '–' : <DateOnly date={record.dueOn} />}
        </td>
      ) : null}
      {shown.phones ? (
        <td className={styles.phones}>
          {record.phones.length === 0
            ? '–'
            : record.phones.map((phone) => (
                <span key={phone}>
                  <Phone number={phone} />
                </span>
              ))}
        </td>
      ) : null}
      {shown.summary ? <td className={styles.summaryText}>{record.summary ?? '–'}</td> : null}
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
