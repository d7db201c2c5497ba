import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/index.ts';
import styles from './disposition-figures.module.css';

/** What agents recorded, most frequent first, each with its share as a bar. */
export function DispositionFigures({
  dispositions,
}: {
  dispositions: Readonly<Record<string, number>>;
}) {
  const { t, i18n } = useTranslation();
  const rows = Object.entries(dispositions).sort(([, a], [, b]) => b - a);
  const most = rows[0]?.[1] ?? 1;
  return (
    <Panel title={t('live.dispositions')}>
      {rows.length === 0 ? (
        <p className={styles.none}>{t('live.no-dispositions')}</p>
      ) : (
        <dl className={styles.list}>
          {rows.map(([code, count]) => (
            <div key={code} className={styles.row} style={{ ['--share' as string]: count / most }}>
              <dt>{t(`disposition.${code}`, { defaultValue: code })}</dt>
              <dd data-figure={`disposition-${code}`}>
                {new Intl.NumberFormat(i18n.language).format(count)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}
